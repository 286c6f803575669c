package dev.latchkey.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Where its pages are given. What they do in a browser is tested in the local stack. */
@DirtiesContext
class SwaggerUiIT extends ApiTest {

    @TempDir
    static Path parent;

    @DynamicPropertySource
    static void pages(DynamicPropertyRegistry registry) {
        registry.add("LATCHKEY_SWAGGER_UI", () -> {
            try {
                Files.writeString(parent.resolve("secret.txt"), "secret");
                Path pages = Files.createDirectory(parent.resolve("pages"));
                Files.writeString(pages.resolve("index.html"), "<p>all of the API");
                return pages.toString();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void thenItIsThereWithoutAToken_andItsScriptsAreHeldToThisOrigin() {
        HttpResponse<String> page = send(request("/swagger-ui/"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("<p>all of the API");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';")
                .doesNotContain("unsafe");
        assertThat(send(request("/swagger-ui")).headers().firstValue("Location"))
                .hasValueSatisfying(address -> assertThat(address).endsWith("/swagger-ui/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/swagger-ui/../secret.txt",
                "/swagger-ui/%2e%2e/secret.txt",
                "/swagger-ui/..%2fsecret.txt",
                "/swagger-ui/..%5csecret.txt",
                "/swagger-ui//secret.txt",
                "/swagger-ui/pages/../../secret.txt"
            })
    void thenNothingBesideItsPagesIsServed(String path) {
        assertThat(send(request(path)).body()).doesNotContain("secret\n").isNotEqualTo("secret");
    }
}
