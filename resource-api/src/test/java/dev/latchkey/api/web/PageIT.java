package dev.latchkey.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page to try it, as far as it can be seen without a browser. */
class PageIT extends ApiTest {

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/app.js, text/javascript",
        "/app.css, text/css",
        "/favicon.svg, image/svg+xml",
        "/vendor/oidc-client-ts-3.5.0.min.js, text/javascript"
    })
    void givenNobodyIsSignedIn_thenThePageIsOpenAndLocked(String path, String type) {
        HttpResponse<String> response = send(request(path));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValue(
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' http://localhost:8180;"
                                + " img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void givenThePage_thenNothingInItNeedsMoreThanThePolicyAllows() {
        assertThat(send(request("/")).body())
                .doesNotContain("style=")
                .doesNotContain("<style")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("<script(?![^>]* src=\"/)")
                .doesNotContainPattern("(src|href)=\"(?!/)");
    }

    @Test
    void givenHead_thenThePageIsAsOpenAsToGet() {
        assertThat(send(request("/").method("HEAD", BodyPublishers.noBody())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void givenTheMetadata_thenThePageFindsWhoSignsIn() {
        var metadata = json(send(request("/.well-known/oauth-protected-resource")));

        assertThat(metadata.path("authorization_servers").path(0).stringValue()).isEqualTo(TestTokens.ISSUER);
        assertThat(metadata.path("resource").stringValue()).isEqualTo("http://localhost:" + port);
    }

    @Test
    void givenHealth_thenItIsOpenAndSaysNoMore() {
        assertThat(send(request("/health")).body()).isEqualTo("{\"status\":\"UP\"}");
    }
}
