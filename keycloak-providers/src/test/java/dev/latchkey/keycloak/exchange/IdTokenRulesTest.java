package dev.latchkey.keycloak.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.representations.JsonWebToken;

class IdTokenRulesTest {

    private static final long NOW = 1_800_000_000;

    private final IdTokenRules rules = new IdTokenRules(
            Set.of("https://accounts.google.com"),
            Set.of("server", "android"),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));

    @Test
    void checkWhenEveryClaimIsAsItShouldBeThenPasses() {
        JsonWebToken token = good();

        assertThatCode(() -> rules.check(token, null)).doesNotThrowAnyException();
        assertThatCode(() -> rules.check(token, "n-1")).doesNotThrowAnyException();
    }

    @Test
    void checkWhenAnotherAppOfOursAskedForItThenPasses() {
        JsonWebToken token = good();
        token.issuedFor("android");

        assertThatCode(() -> rules.check(token, null)).doesNotThrowAnyException();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken("issuer", token -> token.issuer("https://accounts.google.com.example")),
                broken("issuer", token -> token.issuer(null)),
                broken("audience", token -> token.audience("another-app")),
                broken("audience", token -> token.audience("server", "another-app")),
                broken("audience", token -> token.audience()),
                broken("audience", token -> token.audience((String[]) null)),
                broken("authorized party", token -> token.issuedFor("another-app")),
                broken("subject", token -> token.subject(null)),
                broken("subject", token -> token.subject(" ")),
                broken("expired", token -> token.exp(null)),
                broken("expired", token -> token.exp(NOW - 5)),
                broken("not valid yet", token -> token.nbf(NOW + 6)),
                broken("not issued yet", token -> token.iat(null)),
                broken("not issued yet", token -> token.iat(NOW + 6)),
                broken("too old", token -> token.iat(NOW - 605)),
                broken("nonce", token -> token.setOtherClaims("nonce", "n-2")),
                broken("nonce", token -> token.getOtherClaims().clear()));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void checkWhenOneRuleIsBrokenThenNamesIt(String rule, Consumer<JsonWebToken> change) {
        JsonWebToken token = good();
        change.accept(token);

        assertThatThrownBy(() -> rules.check(token, "n-1"))
                .isInstanceOf(ExchangeRefusedException.class)
                .hasMessageEndingWith(": " + rule);
    }

    @Test
    void remainingThenEndsWithExpiryOrAgeWhicheverComesFirst() {
        assertThat(rules.remaining(good().exp(NOW + 60))).isEqualTo(Duration.ofSeconds(65));
        assertThat(rules.remaining(good().exp(NOW + 3600))).isEqualTo(Duration.ofSeconds(595));
    }

    private static Arguments broken(String rule, Consumer<JsonWebToken> change) {
        return Arguments.of(rule, change);
    }

    private static JsonWebToken good() {
        JsonWebToken token = new JsonWebToken()
                .issuer("https://accounts.google.com")
                .subject("110248495921238986420")
                .audience("server")
                .issuedFor("server")
                .iat(NOW - 10)
                .exp(NOW + 3590);
        token.setOtherClaims("nonce", "n-1");
        return token;
    }
}
