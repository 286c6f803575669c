package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

class ProofHeaderTest {

    private final ProofHeader header = new ProofHeader(new PublicAddress("https://api.example.test"));

    private static MockHttpServletRequest request(String path) {
        var request = new MockHttpServletRequest("GET", path);
        request.addHeader("Authorization", "DPoP token");
        request.addHeader("DPoP", "proof");
        return request;
    }

    @Test
    void whenBothHeadersAreThere_thenTheyAreTaken() {
        assertThat(header.convert(request("/v1/me"))).isNotNull();
    }

    /** What a server less strict than Tomcat or without Spring's firewall would let through. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/[me]", "//v1/me", "/v1/%zz", "/v1/ me"})
    void whenThePathIsNoneOfAnAddress_thenTheRequestIsRefused(String path) {
        assertThatThrownBy(() -> header.convert(request(path))).isInstanceOf(OAuth2AuthenticationException.class);
    }
}
