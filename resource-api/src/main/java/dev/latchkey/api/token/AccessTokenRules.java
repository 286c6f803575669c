package dev.latchkey.api.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.BearerTokenErrorCodes;

/**
 * What a token with a good signature must say to be an access token for this API. The first rule that it breaks is the answer, and
 * expiry comes last: {@link #EXPIRED} is told only of a token that was good.
 */
final class AccessTokenRules implements OAuth2TokenValidator<Jwt> {

    /** Asymmetric ones only: with a symmetric one the published key would sign (RFC 8725 §3.1). */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    /** Keycloak's default, and RFC 9068 §2.1, which a client may ask Keycloak for. */
    static final Set<JOSEObjectType> HEADER_TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

    static final String AUDIENCE = "resource-api";
    static final OAuth2Error EXPIRED = invalid("The token has expired");

    private static final String BEARER = "Bearer";

    /** Keycloak's type of access tokens that are good only with a proof (RFC 9449). */
    private static final String BOUND = "DPoP";

    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Pattern OWNER_ID_FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Pattern ACTOR_UID_FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final String issuer;
    private final Clock clock;

    AccessTokenRules(String issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        OAuth2Error broken = firstBroken(token);
        return broken == null ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(broken);
    }

    private @Nullable OAuth2Error firstBroken(Jwt token) {
        if (!issuer.equals(token.getClaim("iss"))) {
            return invalid("The token has another issuer");
        }
        if (!(token.getClaim("aud") instanceof Collection<?> audience && audience.contains(AUDIENCE))) {
            return invalid("The token is for another audience");
        }
        // Keycloak's payload claim: ID, refresh and logout tokens of the realm have the same issuer and keys.
        Object type = token.getClaim("typ");
        if (!BEARER.equals(type) && !BOUND.equals(type)) {
            return invalid("The token is not an access token");
        }
        Object confirmation = token.getClaim(Confirmation.CLAIM);
        if (BEARER.equals(type) ? confirmation != null : Confirmation.thumbprint(confirmation) == null) {
            return invalid("The token's type and the key it is bound to do not agree");
        }
        // Keycloak leaves it out for clients without its scope "basic". What an administrator changes is known by it.
        if (token.getSubject() == null || token.getSubject().isBlank()) {
            return invalid("The token has no subject");
        }
        if (!matches(OWNER_ID_FORM, token.getClaim(Claims.OWNER_ID))) {
            return invalid("The token has no valid owner_id");
        }
        if (!matches(ACTOR_UID_FORM, token.getClaim(Claims.ACTOR_UID))) {
            return invalid("The token has no valid actor_uid");
        }
        Instant now = clock.instant();
        if (token.getNotBefore() != null && token.getNotBefore().isAfter(now.plus(SKEW))) {
            return invalid("The token is not valid yet");
        }
        if (token.getExpiresAt() == null) {
            return invalid("The token never expires");
        }
        return token.getExpiresAt().isBefore(now.minus(SKEW)) ? EXPIRED : null;
    }

    private static boolean matches(Pattern form, @Nullable Object claim) {
        return claim instanceof String text && form.matcher(text).matches();
    }

    private static OAuth2Error invalid(String description) {
        return new OAuth2Error(
                BearerTokenErrorCodes.INVALID_TOKEN, description, "https://www.rfc-editor.org/rfc/rfc6750#section-3.1");
    }
}
