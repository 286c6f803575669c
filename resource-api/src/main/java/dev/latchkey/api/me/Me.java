package dev.latchkey.api.me;

import dev.latchkey.api.entitlement.Entitlement;
import dev.latchkey.api.entitlement.Granted;
import dev.latchkey.api.token.Claims;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Who the bearer is and what he may do, as his token says. A claim that the token lacks is null; the metadata are then empty. */
record Me(
        String ownerId,
        String actorUid,
        @Nullable String provider,
        @Nullable String email,
        Map<String, Object> userMetadata,
        Map<String, Object> appMetadata,
        @Nullable Map<String, Object> workspace,
        Allowed entitlements,
        @Nullable Instant createdAt,
        Session session) {

    /**
     * @param isGuest an account that somebody tries out
     * @param canSync may have live data
     * @param isPro has all of it
     */
    record Allowed(boolean isGuest, boolean canSync, boolean isPro) {

        static Allowed of(Granted granted) {
            return new Allowed(granted.isGuest(), granted.has(Entitlement.CAN_SYNC), granted.has(Entitlement.IS_PRO));
        }
    }

    /**
     * @param id Keycloak's session; null for a service account
     * @param expiresAt when this access token ends
     * @param authTime when the person last proved who he is
     */
    record Session(
            @Nullable String id,
            @Nullable Instant expiresAt,
            @Nullable Instant authTime) {}

    static Me of(Jwt token, Granted granted) {
        return of(token, granted, object(token, "user_metadata"));
    }

    /** With a profile that is newer than the token. */
    static Me of(Jwt token, Granted granted, Map<String, Object> userMetadata) {
        return new Me(
                Claims.ownerId(token),
                Claims.actorUid(token),
                token.getClaimAsString("provider"),
                token.getClaimAsString("email"),
                userMetadata,
                object(token, "app_metadata"),
                token.hasClaim("workspace") ? object(token, "workspace") : null,
                Allowed.of(granted),
                time(token, "created_at"),
                new Session(token.getClaimAsString("sid"), token.getExpiresAt(), time(token, "auth_time")));
    }

    @SuppressWarnings("unchecked") // The names of a JSON object are strings.
    private static Map<String, Object> object(Jwt token, String claim) {
        return token.getClaim(claim) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static @Nullable Instant time(Jwt token, String claim) {
        return token.getClaim(claim) instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : null;
    }
}
