package dev.latchkey.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class QuietLogIT extends ApiTest {

    @Test
    void givenSuccessesAndFailuresOfEveryKind_thenNoIdentityTokenOrValueIsLogged(CapturedOutput output)
            throws Exception {
        String owner = "owner-canary-" + UUID.randomUUID();
        String token = TestTokens.with(owner, claims -> claims.claim("email", "mail-canary@example.test"));
        String work = "{\"id\":\"%s\",\"title\":\"title-canary\"}".formatted(UUID.randomUUID());

        post(owner, "/v1/works", work);
        post(owner, "/v1/works", work);
        post(owner, "/v1/works", "{\"title\":[\"title-canary\"]}");
        send(request("/v1/me").header("Authorization", "Bearer " + token));
        send(request("/v1/me").header("Authorization", "Bearer " + token.substring(0, token.length() - 9)));
        send(request("/v1/me")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", token.substring(0, token.length() - 9)));
        WIRE.broken(true);
        post(owner, "/v1/works", work);
        WIRE.broken(false);

        // Something is logged at all: the outage.
        assertThat(output.getAll()).contains("Unavailable");
        assertThat(output.getAll())
                .doesNotContain("canary")
                .doesNotContain(token.substring(token.length() - 40))
                .doesNotContain(token.substring(0, 40));
    }
}
