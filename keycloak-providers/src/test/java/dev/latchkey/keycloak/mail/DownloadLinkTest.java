package dev.latchkey.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadLinkTest {

    @Test
    void whenItIsAToken_thenTheLinkLeadsToTheApi() {
        assertThat(DownloadLink.of("https://api.example.test", "Ab0_-"))
                .hasValue("https://api.example.test/downloads/Ab0_-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://api.example.test", "http://localhost:8080", "http://[::1]:8080"})
    void whenLinksCanBeginWithIt_thenItIsTheApi(String said) {
        assertThat(DownloadLink.apiUrl(said)).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.example.test",
                "https://api.example.test/",
                "https://api.example.test/v1",
                "https://a@evil.test",
                "javascript:alert(1)",
                "https://api.example.test\n"
            })
    void whenLinksCannotBeginWithIt_thenItIsNamed(String said) {
        assertThatThrownBy(() -> DownloadLink.apiUrl(said)).hasMessageContaining("LATCHKEY_API_URL");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"a/b", "../x", "a b", "a\"><b>", "a?b", "a\n", "https://evil.test"})
    void whenItIsNone_thenThereIsNoLink(String token) {
        assertThat(DownloadLink.of("https://api.example.test", token)).isEmpty();
        assertThat(DownloadLink.of("https://api.example.test", "a".repeat(513))).isEmpty();
    }
}
