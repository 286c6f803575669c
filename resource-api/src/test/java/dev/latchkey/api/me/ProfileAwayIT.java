package dev.latchkey.api.me;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.api.testkit.ApiTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A Keycloak that is in trouble. What a good one says is seen on the real one, in the journeys. */
class ProfileAwayIT extends ApiTest {

    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static final HttpServer TROUBLED = start();

    private static volatile int status;
    private static volatile String body = "";

    @DynamicPropertySource
    static void realm(DynamicPropertyRegistry registry) {
        registry.add(
                "LATCHKEY_REALM_URL",
                () -> "http://localhost:" + TROUBLED.getAddress().getPort());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            500, {"error":"unknown_error"}
            502, <html>
            200, <html>
            200, ''
            302, ''
            404, {"error":"Realm does not exist"}
            0, the connection ends without an answer
            """)
    void givenNonsense_thenTheServiceIsUnavailable(int answer, String content) {
        status = answer;
        body = content;

        HttpResponse<String> response = change("{\"display_name\":\"Alice\"}");

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void givenABadDocument_thenKeycloakIsNotAsked() {
        int before = REQUESTS.get();

        assertProblem(change("{\"nickname\":\"Al\"}"), 400, "unknown_field");
        assertProblem(change("{\"nickname\":null}"), 400, "unknown_field");
        assertProblem(change("{\"display_name\":7}"), 400, "invalid_field");
        assertProblem(change("[]"), 400, "invalid_field");
        assertProblem(change(""), 400, "malformed_json");

        assertThat(REQUESTS.get()).isEqualTo(before);
    }

    @AfterAll
    static void stop() {
        TROUBLED.stop(0);
    }

    private HttpResponse<String> change(String json) {
        return send(as(newOwner(), "/v1/me")
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    REQUESTS.incrementAndGet();
                    if (status == 0) {
                        return;
                    }
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
