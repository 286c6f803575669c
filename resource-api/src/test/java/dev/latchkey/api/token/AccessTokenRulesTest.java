package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.TestTokens;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.jwt.Jwt;

/** Clocks may disagree by a minute and no more (RFC 7519 §4.1.4 and §4.1.5, RFC 9700 §2.2). */
class AccessTokenRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");

    private final AccessTokenRules rules = new AccessTokenRules(TestTokens.ISSUER, Clock.fixed(NOW, ZoneOffset.UTC));

    private boolean accepts(Map<String, Instant> times) {
        Jwt token = Jwt.withTokenValue("x")
                .header("alg", "RS256")
                .claims(claims -> {
                    claims.putAll(TestTokens.claims("alice").build().getClaims());
                    claims.put("iat", NOW.minusSeconds(7200));
                    claims.put("exp", NOW.plusSeconds(300));
                    claims.putAll(times);
                })
                .build();
        return !rules.validate(token).hasErrors();
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "-59, true", "-60, true", "-61, false", "-3600, false"})
    void givenAnExpiryInThePast_thenTheTokenIsGoodForAnotherMinute(int seconds, boolean good) {
        assertThat(accepts(Map.of("exp", NOW.plusSeconds(seconds)))).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "59, true", "60, true", "61, false", "3600, false"})
    void givenABeginningInTheFuture_thenTheTokenIsGoodAMinuteBefore(int seconds, boolean good) {
        assertThat(accepts(Map.of("nbf", NOW.plusSeconds(seconds)))).isEqualTo(good);
    }
}
