package dev.latchkey.keycloak.actor;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;

/** Where the keys come from: Keycloak's vault first, else the environment. */
final class ActorKeys {

    private static final String CURRENT = "ACTOR_UID_SECRET";
    private static final String PREVIOUS = "ACTOR_UID_SECRET_PREVIOUS";

    private ActorKeys() {}

    /**
     * @throws IllegalArgumentException if there is none, it is too short or the vault cannot be read; the message says what to do and not
     *     what the value is
     */
    static ActorKey current(KeycloakSession session) {
        return key(session, "actor_uid_secret", CURRENT)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no secret for actor_uid: set the environment variable %s or the vault entry actor_uid_secret to at least %d random bytes"
                                .formatted(CURRENT, ActorKey.MINIMUM_BYTES)));
    }

    /**
     * The key before the last rotation, if it is still to be announced.
     *
     * @throws IllegalArgumentException if it is too short or the vault cannot be read
     */
    static Optional<ActorKey> previous(KeycloakSession session) {
        return key(session, "actor_uid_secret_previous", PREVIOUS);
    }

    private static Optional<ActorKey> key(KeycloakSession session, String vaultEntry, String variable) {
        return inVault(session, vaultEntry)
                .map(value -> key("the vault entry " + vaultEntry, value))
                .or(() -> Optional.ofNullable(System.getenv(variable))
                        .filter(value -> !value.isEmpty())
                        .map(value -> key("the environment variable " + variable, value)));
    }

    private static Optional<String> inVault(KeycloakSession session, String entry) {
        try (VaultStringSecret secret = session.vault().getStringSecret("${vault." + entry + "}")) {
            return secret.get();
        } catch (RuntimeException e) {
            // What vaults throw is not specified; Keycloak's own wrap the IOException of a file that they may not read.
            throw new IllegalArgumentException(
                    "the vault entry %s cannot be read: %s".formatted(entry, e.getMessage()), e);
        }
    }

    private static ActorKey key(String source, String value) {
        try {
            return ActorKey.of(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + " cannot be used for actor_uid: " + e.getMessage(), e);
        }
    }
}
