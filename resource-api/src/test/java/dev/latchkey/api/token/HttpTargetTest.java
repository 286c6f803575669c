package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 §4.3, check 9, with the normal forms of RFC 3986 §6.2.2 and §6.2.3. */
class HttpTargetTest {

    private static final HttpTarget ADDRESS = HttpTarget.of("https://api.example.test/v1/works/~a");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.test/v1/works/~a",
                "HTTPS://API.Example.test/v1/works/~a",
                "https://api.example.test:443/v1/works/~a",
                "https://api.example.test/v1/works/%7ea",
                "https://api.example.test/v1/me/../works/./~a",
                "https://api.example.test/v1/works/~a?limit=1",
                "https://api.example.test/v1/works/~a#top"
            })
    void whenOnlyTheSpellingDiffers_thenItIsTheSame(String other) {
        assertThat(HttpTarget.of(other)).isEqualTo(ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.test/v1/works/~a",
                "http://api.example.test:443/v1/works/~a",
                "https://api.example.test:8443/v1/works/~a",
                "https://api.example.test.evil.example/v1/works/~a",
                "https://evil.example/v1/works/~a",
                "https://api.example.test@evil.example/v1/works/~a",
                "https://evil@api.example.test/v1/works/~a",
                "https://api.example.test/v1/works/~A",
                "https://api.example.test/v1/works/~a/",
                "https://api.example.test/v1/works%2F~a",
                "https://api.example.test/v1/works",
                "https://api.example.test//v1/works/~a",
                "https://api.example.test/v1/works//~a",
                "https://api.example.test/v1/%2e%2e/v1/works/~a",
                "https://api.example.test/v1/works/~\u0161",
                "https://api.example.test./v1/works/~a",
                "https://api.ex\u00e4mple.test/v1/works/~a",
                "https:\\\\api.example.test/v1/works/~a",
                "//api.example.test/v1/works/~a",
                "/v1/works/~a",
                "https:api.example.test/v1/works/~a",
                "ftp://api.example.test:443/v1/works/~a",
                "https://api.example.test/v1/works/ ~a",
                "",
                "%"
            })
    void whenAnythingElseDiffers_thenItIsAnother(String other) {
        assertThat(HttpTarget.of(other)).isNotEqualTo(ADDRESS);
    }

    @Test
    void whenBytesDifferThatAreNoText_thenItIsAnother() {
        assertThat(HttpTarget.of("https://api.example.test/%fe"))
                .isNotNull()
                .isNotEqualTo(HttpTarget.of("https://api.example.test/%ff"));
    }

    @Test
    void whenThePathIsEmpty_thenItIsTheRoot() {
        assertThat(HttpTarget.of("https://api.example.test")).isEqualTo(HttpTarget.of("https://api.example.test/"));
    }

    @Test
    void whenItIsNoText_thenItIsNoAddress() {
        assertThat(HttpTarget.of(5)).isNull();
        assertThat(HttpTarget.of(null)).isNull();
    }
}
