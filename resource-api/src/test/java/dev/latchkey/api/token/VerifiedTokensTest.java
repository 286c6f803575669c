package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import dev.latchkey.api.testkit.TestIssuer;
import dev.latchkey.api.testkit.TestKeys;
import dev.latchkey.api.testkit.TestTokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

class VerifiedTokensTest {

    private static final Duration LIFETIME = Duration.ofMinutes(2);

    private final MovableClock clock = new MovableClock();
    private final TestIssuer issuer = new TestIssuer(TestKeys.REALM_RSA);
    private NimbusJwtDecoder signatures;
    private VerifiedTokens tokens;
    private int verified;
    private boolean revoked;

    @BeforeEach
    void start() throws Exception {
        JWKSetBasedJWKSource<SecurityContext> keys = IssuerKeys.at(URI.create(issuer.jwksUri()));
        var processor = new TokenProcessor();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(AccessTokenRules.ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        signatures = new NimbusJwtDecoder(processor);
        signatures.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        tokens = new VerifiedTokens(this::verify, keys.getJWKSetSource(), this::judge, clock, 100);
        // Brings the keys.
        tokens.decode(TestTokens.of("carol"));
        verified = 0;
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private Jwt verify(String token) {
        verified++;
        return signatures.decode(token);
    }

    private OAuth2TokenValidatorResult judge(Jwt token) {
        return revoked
                ? OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", "revoked", null))
                : new AccessTokenRules(TestTokens.ISSUER, clock).validate(token);
    }

    private String lasting(Duration lifetime) {
        return TestTokens.with("alice", claims -> claims.expirationTime(Date.from(clock.now.plus(lifetime))));
    }

    @Test
    void whenATokenComesAgain_thenItSaysTheSameAndItsSignatureIsNotVerifiedAgain() {
        String token = TestTokens.of("alice");
        Jwt first = tokens.decode(token);

        Jwt again = tokens.decode(token);

        assertThat(verified).isOne();
        assertThat(again.getTokenValue()).isEqualTo(token);
        assertThat(again.getClaims()).isEqualTo(first.getClaims());
        assertThat(again.getHeaders()).isEqualTo(first.getHeaders());
        assertThat(again.getExpiresAt()).isEqualTo(first.getExpiresAt());
        assertThat(again.getIssuedAt()).isEqualTo(first.getIssuedAt());
    }

    @Test
    void givenAKnownToken_whenAnotherComes_thenItSaysItsOwn() {
        tokens.decode(TestTokens.of("alice"));

        assertThat(tokens.decode(TestTokens.of("bob")).getClaimAsString("owner_id"))
                .isEqualTo("bob");
    }

    @Test
    void givenAKnownToken_whenItComesWithAnotherSignature_thenItIsRefused() {
        String token = TestTokens.of("alice");
        tokens.decode(token);
        int signature = token.lastIndexOf('.') + 1;
        char other = token.charAt(signature) == 'A' ? 'B' : 'A';

        assertThatThrownBy(() -> tokens.decode(token.substring(0, signature) + other + token.substring(signature + 1)))
                .isInstanceOf(BadJwtException.class);
    }

    @Test
    void givenAKnownToken_whenItBreaksARuleMeanwhile_thenItIsRefused() {
        String token = TestTokens.of("alice");
        tokens.decode(token);
        revoked = true;

        assertThatThrownBy(() -> tokens.decode(token))
                .isInstanceOfSatisfying(
                        JwtValidationException.class,
                        refusal -> assertThat(refusal.getErrors())
                                .extracting(OAuth2Error::getDescription)
                                .containsExactly("revoked"));
    }

    @Test
    void givenAKnownToken_whenItHasExpired_thenItIsRefused() {
        String token = lasting(LIFETIME);
        tokens.decode(token);
        clock.now = clock.now.plus(LIFETIME).plusSeconds(61);

        assertThatThrownBy(() -> tokens.decode(token))
                .isInstanceOfSatisfying(
                        JwtValidationException.class,
                        refusal -> assertThat(refusal.getErrors()).containsExactly(AccessTokenRules.EXPIRED));
    }

    /** What the rules forgive a clock is not forgiven here: nothing is kept longer than the token itself says. */
    @Test
    void givenAKnownToken_whenItsTimeIsOver_thenItIsNotKnownAnyMore() {
        String token = lasting(LIFETIME);
        tokens.decode(token);
        clock.now = clock.now.plus(LIFETIME).plusSeconds(1);

        tokens.decode(token);

        assertThat(verified).isEqualTo(2);
    }

    @Test
    void givenAKnownToken_whenTheIssuerHasRemovedItsKey_thenItIsRefusedAsSoonAsTheKeysAreFetchedAgain() {
        String token = lasting(Duration.ofHours(1));
        tokens.decode(token);
        issuer.keys(TestKeys.STRANGER);

        clock.now = clock.now.plus(Duration.ofMinutes(4));
        tokens.decode(token);
        assertThat(issuer.requests()).isOne();

        clock.now = clock.now.plus(Duration.ofMinutes(2));
        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtException.class);
    }

    @Test
    void givenAKnownToken_whenTheIssuersKeysAreFetchedAgainAndAreTheSame_thenItIsNotVerifiedAgain() {
        String token = lasting(Duration.ofHours(1));
        tokens.decode(token);

        clock.now = clock.now.plus(Duration.ofMinutes(6));
        tokens.decode(token);

        assertThat(issuer.requests()).isEqualTo(2);
        assertThat(verified).isOne();
    }

    @Test
    void whenTokensAreRefused_thenNothingOfThemIsKept() {
        String token = TestTokens.of("alice");
        revoked = true;
        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtException.class);
        revoked = false;

        tokens.decode(token);

        assertThat(verified).isEqualTo(2);
    }

    @Test
    void whenMoreTokensComeThanAreKept_thenOthersAreForgotten() {
        List<String> many = IntStream.range(0, 300)
                .mapToObj(i -> TestTokens.of("owner-" + i))
                .toList();
        many.forEach(tokens::decode);
        verified = 0;

        many.forEach(tokens::decode);

        assertThat(verified).isGreaterThanOrEqualTo(200);
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.now();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
