package dev.latchkey.api.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A Keycloak that tells of a change long after it. What the real one tells is tested in the local stack. */
class ReplayIT extends ApiTest {

    private static final HttpServer KEYCLOAK = newServer();

    private static volatile String late = "";

    @DynamicPropertySource
    static void keycloak(DynamicPropertyRegistry registry) {
        registry.add(
                "LATCHKEY_REALM_URL",
                () -> "http://localhost:" + KEYCLOAK.getAddress().getPort() + "/realms/latchkey");
        registry.add("RESOURCE_API_CLIENT_SECRET", () -> "secret");
        registry.add("ENABLE_INTERNAL_OPS_ROUTES", () -> true);
    }

    @Test
    void givenAChangeWasMissed_thenReplayLearnsIt_andKeycloakAwayIsSaid() {
        String owner = newOwner();
        assertThat(get(owner, "/v1/me").statusCode()).isEqualTo(200);
        late = UUID.nameUUIDFromBytes(owner.getBytes(StandardCharsets.UTF_8)).toString();

        HttpResponse<String> replayed = replay();

        assertThat(replayed.statusCode()).as(replayed.body()).isEqualTo(200);
        assertThat(json(replayed).path("accounts").intValue()).isEqualTo(1);
        assertThat(json(replayed).path("everybody").booleanValue()).isFalse();
        assertProblem(get(owner, "/v1/me"), 401, "token_stale");
        KEYCLOAK.stop(0);
        assertProblem(replay(), 503, "unavailable");
        assertProblem(get(owner, "/v1/me"), 401, "token_stale");
    }

    private HttpResponse<String> replay() {
        String operator = TestTokens.with(
                "operator", claims -> claims.claim("app_metadata", Map.of("permissions", List.of("ops"))));
        return send(request("/internal/ops/replay")
                .header("Authorization", "Bearer " + operator)
                .POST(BodyPublishers.noBody()));
    }

    /** Tells of the change only to who asks for times long before it, as after a clock that was set back. */
    private static HttpServer newServer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/realms/latchkey/account-changes", exchange -> {
                long now = System.currentTimeMillis();
                long since = Long.parseLong(exchange.getRequestURI().getQuery().replace("since=", ""));
                String changed = late.isEmpty() || since > now - 1_800_000 ? "" : "\"%s\":%d".formatted(late, now);
                byte[] answer = "{\"until\":%d,\"changed\":{%s},\"everybody\":false}"
                        .formatted(now, changed)
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.setExecutor(Executors.newCachedThreadPool());
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
