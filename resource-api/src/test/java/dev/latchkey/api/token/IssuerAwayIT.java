package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestIssuer;
import dev.latchkey.api.testkit.TestKeys;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An API that has never reached its issuer. */
class IssuerAwayIT extends ApiTest {

    private static final TestIssuer AWAY = new TestIssuer(TestKeys.REALM_RSA);

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("latchkey.jwks-uri", AWAY::jwksUri);
    }

    @Test
    void givenATokenThatMayWellBeGood_thenTheServiceIsUnavailableUntilTheIssuerIsBack() throws Exception {
        AWAY.away(true);

        HttpResponse<String> response = get(newOwner(), "/v1/me");

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();

        AWAY.away(false);
        // The rate limit lets a second attempt through at once.
        assertThat(get(newOwner(), "/v1/me").statusCode()).isEqualTo(200);
    }
}
