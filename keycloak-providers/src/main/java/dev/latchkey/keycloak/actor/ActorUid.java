package dev.latchkey.keycloak.actor;

import dev.latchkey.keycloak.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The derivation of {@code actor_uid}: {@code base64url(HMAC-SHA256(key, provider + ":" + subject))} without padding, 43 characters. Its
 * published test vectors are in {@code docs/reference/claims.md}; a change breaks the tie between people and what they did.
 */
final class ActorUid {

    private ActorUid() {}

    static String derive(ActorKey key, Identity identity) {
        byte[] mac = key.hmac(identity.value().getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }
}
