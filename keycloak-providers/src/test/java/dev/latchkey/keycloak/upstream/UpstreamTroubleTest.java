package dev.latchkey.keycloak.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.provider.IdentityBrokerException;

class UpstreamTroubleTest {

    /** As Keycloak 26.7.3 words them. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            Could not extract token [access_token] from response [SECRET] due: SECRET, Could not extract token
            No access token available in OAuth server response: SECRET, No access token available in OAuth server response
            "No access_token from server. error='SECRET', error_description='SECRET'", No access_token from server. error=
            Failed to invoke url [https://SECRET]: SECRET, Failed to invoke url
            Wrong issuer from token. Got: SECRET expected: SECRET, Wrong issuer from token. Got
            token signature validation failed, token signature validation failed
            """)
    void reasonWhenMessageRepeatsAnswerThenLeavesItOut(String message, String reason) {
        assertThat(UpstreamTrouble.of(new IdentityBrokerException(message)).reason())
                .isEqualTo(reason);
    }

    @Test
    void reasonWhenCauseIsNotKeycloaksThenNamesItsTypeOnly() {
        Exception timeout = new IdentityBrokerException("No answer", new SocketTimeoutException("SECRET"));

        UpstreamTrouble trouble = UpstreamTrouble.of(timeout);

        assertThat(trouble.reason()).isEqualTo("No answer, SocketTimeoutException");
        assertThat(trouble.messageKey()).isEqualTo("latchkeyUpstreamUnavailable");
    }
}
