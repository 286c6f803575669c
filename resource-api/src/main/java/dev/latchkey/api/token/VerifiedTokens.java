package dev.latchkey.api.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.latchkey.api.document.Sha256Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Verifies a token's signature once under the same keys, and holds the token to the rules each time. What was verified is found again by the
 * SHA-256 of the whole token, until the token expires, or until the issuer has other keys; the token itself is not kept.
 */
final class VerifiedTokens implements JwtDecoder {

    /** Some 20 MB. */
    static final int MOST = 10_000;

    private final JwtDecoder signatures;
    private final JWKSetSource<SecurityContext> keys;
    private final OAuth2TokenValidator<Jwt> rules;
    private final Clock clock;
    private final Cache<String, Verified> verified;

    /** The keys when they were last asked for. A token that is not known asks for none before it has turned out to be one. */
    private volatile @Nullable JWKSet latest;

    /**
     * @param signatures reads a token and verifies its signature by one of the keys
     * @param keys of the issuer, at any time
     * @param rules about time, issuer, revocation and all else
     * @param most tokens that are known at a time; of more, those are forgotten that are used least
     */
    VerifiedTokens(
            JwtDecoder signatures,
            JWKSetSource<SecurityContext> keys,
            OAuth2TokenValidator<Jwt> rules,
            Clock clock,
            int most) {
        this.signatures = signatures;
        this.keys = keys;
        this.rules = rules;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(most)
                // Tokens expire by the clock on the wall.
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.writing(
                        (String hash, Verified token) -> Duration.between(clock.instant(), token.expiresAt())))
                .build();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Equal keys are as good; the same ones are found out faster the next time.
    public Jwt decode(String token) {
        String hash = Sha256Digest.of(token);
        Verified known = verified.getIfPresent(hash);
        JWKSet before = known == null ? latest : current();
        if (known != null && !known.keys().equals(before)) {
            known = null;
        }
        Jwt read = known == null ? signatures.decode(token) : known.as(token);
        OAuth2TokenValidatorResult judged = rules.validate(read);
        if (judged.hasErrors()) {
            throw refusal(judged.getErrors());
        }
        // Also anew when equal keys were fetched.
        if (known == null || known.keys() != before) {
            keep(hash, read, before);
        }
        return read;
    }

    /** Unless keys came while the signature was looked at: nobody knows then which of them it was held to. */
    @SuppressWarnings("ReferenceEquality") // Others were fetched, even if they are equal now.
    private void keep(String hash, Jwt read, @Nullable JWKSet before) {
        JWKSet now = current();
        if (now != null && now == before) {
            verified.put(hash, Verified.of(read, now));
        }
    }

    /** Fetches keys that are not fresh any more. Null if there are none, of which the decoder tells. */
    private @Nullable JWKSet current() {
        JWKSet now;
        try {
            now = keys.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), clock.millis(), null);
        } catch (KeySourceException e) {
            now = null;
        }
        latest = now;
        return now;
    }

    /** As NimbusJwtDecoder says it. */
    private static JwtValidationException refusal(Collection<OAuth2Error> broken) {
        return new JwtValidationException(
                "An error occurred while attempting to decode the Jwt: "
                        + broken.iterator().next().getDescription(),
                broken);
    }

    /**
     * A token with a good signature.
     *
     * @param keys one of which has signed it
     */
    private record Verified(
            JWKSet keys,
            @Nullable Instant issuedAt,
            Instant expiresAt,
            Map<String, Object> headers,
            Map<String, Object> claims) {

        static Verified of(Jwt token, JWKSet keys) {
            // The rules have refused one that never expires.
            Instant expiresAt = Objects.requireNonNull(token.getExpiresAt());
            return new Verified(keys, token.getIssuedAt(), expiresAt, token.getHeaders(), token.getClaims());
        }

        Jwt as(String token) {
            return new Jwt(token, issuedAt, expiresAt, headers, claims);
        }
    }
}
