package dev.latchkey.api.revocation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.BearerTokenErrorCodes;
import org.springframework.stereotype.Component;

/** Refuses a token that is older than the last change of its subject's account: the next one, which a refresh brings, says what is so now. */
@Component
public final class StaleTokens implements OAuth2TokenValidator<Jwt> {

    public static final OAuth2Error STALE = new OAuth2Error(
            BearerTokenErrorCodes.INVALID_TOKEN,
            "The account has changed since this token was issued",
            "https://www.rfc-editor.org/rfc/rfc6750#section-3.1");

    /** Longer than any access token should live. */
    static final Duration KEPT = Duration.ofHours(1);

    /** Subjects, some 20 MB. With more of them every token that was issued before is stale. */
    private static final int MOST = 100_000;

    private volatile Map<String, Long> changed = Map.of();
    private volatile long everybody = Long.MIN_VALUE;

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        long change = Math.max(everybody, changed.getOrDefault(String.valueOf(token.getSubject()), Long.MIN_VALUE));
        // Keycloak cuts iat to whole seconds: one issued within the second of the change counts as older.
        return change == Long.MIN_VALUE
                        || (token.getIssuedAt() != null && token.getIssuedAt().toEpochMilli() > change)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(STALE);
    }

    /** For one thread at a time. */
    void learn(AccountChanges news) {
        Map<String, Long> known = new HashMap<>(changed);
        news.changed().forEach((subject, change) -> known.merge(subject, change, Math::max));
        known.values().removeIf(change -> change < news.until() - KEPT.toMillis());
        if (news.everybody() || known.size() > MOST) {
            everybody = news.until();
            known.clear();
        }
        changed = Map.copyOf(known);
    }
}
