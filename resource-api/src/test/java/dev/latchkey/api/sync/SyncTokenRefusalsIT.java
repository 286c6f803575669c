package dev.latchkey.api.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestKeys;
import dev.latchkey.api.testkit.TestProof;
import dev.latchkey.api.testkit.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A Keycloak that answers what a test says: no, nonsense, too late. What the real one answers is tested in the local stack. */
class SyncTokenRefusalsIT extends ApiTest {

    private static final HttpServer KEYCLOAK = newServer();

    private static volatile HttpHandler answer;
    private static volatile String sent = "";

    private final String owner = newOwner();

    @DynamicPropertySource
    static void keycloak(DynamicPropertyRegistry registry) {
        registry.add(
                "LATCHKEY_REALM_URL",
                () -> "http://localhost:" + KEYCLOAK.getAddress().getPort() + "/realms/latchkey");
        registry.add("RESOURCE_API_CLIENT_SECRET", () -> "secret & more");
    }

    @Test
    void givenAGoodAnswer_thenItIsPassedOnWithoutAQuery_andKeycloakWasAskedForSyncAlone() {
        answers(200, exchanged(claims -> claims));

        int roundTrips = WIRE.roundTrips(() -> {
            HttpResponse<String> response = exchange("openid email");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(json(response).path("expires_in").intValue()).isEqualTo(300);
        });

        assertThat(roundTrips).isZero();
        assertThat(sent)
                .contains("audience=sync", "client_id=resource-api", "client_secret=secret & more", "scope=personal");
    }

    @Test
    void givenAWorkspace_thenKeycloakIsAskedForThatWorkspace() {
        answers(200, exchanged(claims -> claims));

        exchange("openid organization:acme email");

        assertThat(sent).contains("scope=organization:acme");
    }

    @ParameterizedTest
    @CsvSource({"500,{}", "503,<html>", "429,{}", "200,<html>", "200,''", "200,null"})
    void givenKeycloakIsInTrouble_thenUnavailable(int status, String body) {
        answers(status, body);

        HttpResponse<String> response = exchange("openid");

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void givenKeycloakIsSlow_thenUnavailableAfterItsTime() {
        answer = exchange -> {
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };

        assertProblem(exchange("openid"), 503, "unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_request", "invalid_grant", "invalid_scope", "access_denied"})
    void givenTheSignInHasEnded_thenTheTokenIsNotValid(String error) {
        answers(400, "{\"error\":\"%s\",\"error_description\":\"x\"}".formatted(error));

        HttpResponse<String> response = exchange("openid");

        assertProblem(response, 401, "token_invalid");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void givenKeycloakDoesNotKnowUs_thenTheFaultIsOurs() {
        answers(401, "{\"error\":\"unauthorized_client\"}");

        assertProblem(exchange("openid"), 500, "internal_error");
    }

    @Test
    void givenATokenOfAnotherOwner_thenItIsNotPassedOn() {
        answers(200, exchanged(claims -> claims.claim("owner_id", "another")));

        assertProblem(exchange("openid"), 401, "token_invalid");
    }

    @Test
    void givenATokenForMoreThanSync_thenItIsNotPassedOn() {
        answers(200, exchanged(claims -> claims.audience(java.util.List.of("sync", "resource-api"))));

        assertProblem(exchange("openid"), 500, "internal_error");
    }

    @Test
    void givenATokenThatIsBoundToAKey_thenForbidden() {
        ECKey key = TestKeys.REALM_EC;
        String token = TestTokens.bound(owner, key);
        String path = "/v1/sync/token";
        String url = "http://localhost:" + port + path;
        String nonce = send(request(path)
                        .header("Authorization", "DPoP " + token)
                        .header(
                                "DPoP",
                                TestProof.of(key, "ES256", "POST", url, token).text())
                        .POST(BodyPublishers.noBody()))
                .headers()
                .firstValue("DPoP-Nonce")
                .orElseThrow();

        HttpResponse<String> response = send(request(path)
                .header("Authorization", "DPoP " + token)
                .header(
                        "DPoP",
                        TestProof.of(key, "ES256", "POST", url, token)
                                .claim("nonce", nonce)
                                .text())
                .POST(BodyPublishers.noBody()));

        assertProblem(response, 403, "bound_token");
    }

    @Test
    void givenNoToken_thenNobodyIsAsked() {
        sent = "";

        assertProblem(send(request("/v1/sync/token").POST(BodyPublishers.noBody())), 401, "token_missing");
        assertThat(sent).isEmpty();
    }

    private HttpResponse<String> exchange(String scope) {
        String token = TestTokens.with(owner, claims -> claims.claim("scope", scope));
        return send(request("/v1/sync/token")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody()));
    }

    private String exchanged(UnaryOperator<com.nimbusds.jwt.JWTClaimsSet.Builder> change) {
        String token = TestTokens.with(owner, claims -> change.apply(claims.audience("sync")));
        return "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":300}".formatted(token);
    }

    private static void answers(int status, String body) {
        answer = exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    private static HttpServer newServer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/realms/latchkey/protocol/openid-connect/token", exchange -> {
                sent = URLDecoder.decode(
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                        StandardCharsets.UTF_8);
                answer.handle(exchange);
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
