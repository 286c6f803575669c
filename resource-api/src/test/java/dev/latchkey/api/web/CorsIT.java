package dev.latchkey.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsIT extends ApiTest {

    private HttpResponse<String> preflight(String origin) {
        return send(request("/v1/works")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,dpop,content-type,if-match")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    @ParameterizedTest
    @ValueSource(strings = {ALLOWED_ORIGIN, "tauri://localhost"})
    void givenAListedOrigin_thenItsPagesMayCallWithoutCredentials(String origin) {
        HttpResponse<String> preflight = preflight(origin);
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue(origin);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();

        HttpResponse<String> refused = send(request("/v1/works").header("Origin", origin));
        assertProblem(refused, 401, "token_missing");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue(origin);
        assertThat(refused.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("ETag", "Location", "WWW-Authenticate", "DPoP-Nonce", "X-Request-Id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://app.example.test.evil.example",
                "http://app.example.test",
                "null"
            })
    void givenAnotherOrigin_thenItsPagesMayNot(String origin) {
        HttpResponse<String> preflight = preflight(origin);
        assertProblem(preflight, 403, "origin_not_allowed");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();

        assertProblem(send(as(newOwner(), "/v1/works").header("Origin", origin)), 403, "origin_not_allowed");
    }

    @Test
    void givenThePageOfTheApiItself_thenItMay() {
        assertThat(send(as(newOwner(), "/v1/works").header("Origin", "http://localhost:" + port))
                        .statusCode())
                .isEqualTo(200);
    }
}
