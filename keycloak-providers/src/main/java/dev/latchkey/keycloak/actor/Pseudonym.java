package dev.latchkey.keycloak.actor;

import dev.latchkey.keycloak.identity.IdentityOfRecord;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Somebody's {@code actor_uid} outside of tokens. */
public final class Pseudonym {

    private Pseudonym() {}

    /** Null if nobody is given, if there is no identity of record yet, or no usable key. */
    public static @Nullable String of(KeycloakSession session, @Nullable UserModel user) {
        try {
            return user == null
                    ? null
                    : IdentityOfRecord.known(user)
                            .map(identity -> ActorUid.derive(ActorKeys.current(session), identity))
                            .orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
