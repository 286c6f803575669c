package dev.latchkey.localstack;

import java.util.Map;

/**
 * Passwords and keys of the local stack. The values are published and worthless on purpose: every name says "local
 * stack only", and nothing that is deployed reads this class.
 *
 * @param actorUidSecret the key of {@code actor_uid}, at least 32 bytes
 * @param bindingKey signs what the API binds, at least 32 bytes; empty: not signed
 */
public record Secrets(
        String superuser,
        String owner,
        String app,
        String keycloakDatabase,
        String maintenance,
        String admin,
        String actorUidSecret,
        String resourceApiClient,
        String backendClient,
        String bindingKey) {

    /** The console admin of the realm {@code master}. */
    public static final String ADMIN = "admin";

    static final String SNAPSHOT_LINK_KEY = "local-stack-only-snapshot-link-key";

    static Secrets from(Map<String, String> environment) {
        return new Secrets(
                "postgres",
                "local-stack-only-owner",
                "local-stack-only-app",
                "local-stack-only-keycloak",
                "local-stack-only-maintenance",
                "admin",
                environment.getOrDefault("ACTOR_UID_SECRET", "local-stack-only-actor-uid-secret"),
                environment.getOrDefault("RESOURCE_API_CLIENT_SECRET", "local-stack-only-resource-api"),
                environment.getOrDefault("BACKEND_CLIENT_SECRET", "local-stack-only-backend"),
                environment.getOrDefault("LATCHKEY_BINDING_KEY", ""));
    }
}
