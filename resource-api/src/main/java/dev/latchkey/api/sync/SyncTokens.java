package dev.latchkey.api.sync;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.api.keycloak.KeycloakSettings;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.token.Claims;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Exchanges the caller's token at Keycloak for one that the sync service takes and this API does not (RFC 8693). */
@Component
final class SyncTokens {

    static final String AUDIENCE = "sync";

    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    /** What Keycloak says of us or of its setup, not of the caller's token. */
    private static final Set<String> OUR_FAULT =
            Set.of("invalid_client", "unauthorized_client", "unsupported_grant_type");

    private static final Logger log = LoggerFactory.getLogger(SyncTokens.class);

    private final RestClient keycloak;
    private final KeycloakSettings settings;

    SyncTokens(RestClient keycloak, KeycloakSettings settings) {
        this.keycloak = keycloak;
        this.settings = settings;
    }

    private record Answer(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn) {}

    private record Refusal(@JsonProperty("error") @Nullable String error) {}

    /**
     * A token for the same owner as the caller's.
     *
     * @throws InvalidBearerTokenException if the sign-in has ended, or stands for another owner by now
     * @throws ProblemException if the caller's token is bound to a key, or Keycloak is away
     */
    SyncToken exchange(Jwt caller) {
        if (caller.hasClaim("cnf")) {
            throw new ProblemException(ErrorCode.BOUND_TOKEN);
        }
        if (settings.clientSecret().isEmpty()) {
            log.warn("No token is exchanged: RESOURCE_API_CLIENT_SECRET is not set");
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
        Answer answer = answer(caller);
        requireSameOwner(answer, caller);
        return new SyncToken(answer.accessToken(), answer.tokenType(), answer.expiresIn());
    }

    private Answer answer(Jwt caller) {
        try {
            return keycloak.post()
                    .uri("/protocol/openid-connect/token")
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .body(form(caller))
                    .retrieve()
                    .requiredBody(Answer.class);
        } catch (HttpClientErrorException e) {
            throw refused(e);
        } catch (RestClientException | IllegalStateException e) {
            log.warn(
                    "Keycloak exchanges no token: {}",
                    NestedExceptionUtils.getMostSpecificCause(e).getClass().getName());
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
    }

    private MultiValueMap<String, String> form(Jwt caller) {
        return MultiValueMap.fromSingleValue(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id",
                KeycloakSettings.CLIENT_ID,
                "client_secret",
                settings.clientSecret(),
                "subject_token",
                caller.getTokenValue(),
                "subject_token_type",
                ACCESS_TOKEN,
                "requested_token_type",
                ACCESS_TOKEN,
                // Without it, Keycloak leaves every audience in that the scopes bring along.
                "audience",
                AUDIENCE,
                "scope",
                ownerScope(caller)));
    }

    /** What the caller's token was asked for: without it, a workspace's token would be exchanged for the person's. */
    private static String ownerScope(Jwt caller) {
        return Stream.of(String.valueOf(caller.getClaimAsString("scope")).split(" "))
                .filter(scope -> scope.startsWith("organization:"))
                .findFirst()
                .orElse("personal");
    }

    /** Straight from Keycloak, so nobody else can have written it. */
    private static void requireSameOwner(Answer answer, Jwt caller) {
        JWTClaimsSet claims;
        String owner;
        try {
            claims = SignedJWT.parse(answer.accessToken()).getJWTClaimsSet();
            owner = claims.getStringClaim(Claims.OWNER_ID);
        } catch (ParseException e) {
            throw new IllegalStateException("Keycloak exchanged a token for something else", e);
        }
        if (!claims.getAudience().equals(List.of(AUDIENCE))) {
            throw new IllegalStateException("Keycloak exchanged a token for other audiences than " + AUDIENCE);
        }
        if (!Claims.ownerId(caller).equals(owner)) {
            throw new InvalidBearerTokenException("The owner has changed since: authorize again");
        }
    }

    private static RuntimeException refused(HttpClientErrorException e) {
        if (e.getStatusCode() == HttpStatus.TOO_MANY_REQUESTS) {
            return new ProblemException(ErrorCode.UNAVAILABLE);
        }
        String error = errorOf(e);
        if (OUR_FAULT.contains(error)) {
            return new IllegalStateException(
                    "Keycloak exchanges no token for client " + KeycloakSettings.CLIENT_ID + ": " + error);
        }
        return new InvalidBearerTokenException("The sign-in behind this token has ended: sign in again");
    }

    private static String errorOf(HttpClientErrorException e) {
        try {
            Refusal refusal = e.getResponseBodyAs(Refusal.class);
            return refusal == null ? "" : String.valueOf(refusal.error());
        } catch (RestClientException | IllegalStateException unreadable) {
            return "";
        }
    }
}
