package dev.latchkey.api.token;

import java.util.Objects;
import org.springframework.security.oauth2.jwt.Jwt;

/** The claims without which no token is accepted; see docs/reference/claims.md. */
public final class Claims {

    public static final String OWNER_ID = "owner_id";
    public static final String ACTOR_UID = "actor_uid";

    private Claims() {}

    public static String ownerId(Jwt token) {
        return Objects.requireNonNull(token.<String>getClaim(OWNER_ID), OWNER_ID);
    }

    public static String actorUid(Jwt token) {
        return Objects.requireNonNull(token.<String>getClaim(ACTOR_UID), ACTOR_UID);
    }
}
