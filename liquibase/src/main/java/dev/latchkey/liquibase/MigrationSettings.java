package dev.latchkey.liquibase;

import dev.latchkey.rowsecurity.binding.BindingKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where to migrate and with which passwords.
 *
 * @param url address of the application's database, {@code jdbc:postgresql://host:port/latchkey}; the database is created if it is missing
 * @param superuser a role that may create roles and databases
 * @param superuserPassword its password
 * @param ownerPassword set for {@code latchkey_owner}
 * @param appPassword set for {@code latchkey_app}
 * @param keycloakPassword set for {@code keycloak}
 * @param maintenancePassword set for {@code latchkey_maintenance}, which may log in then; null: it may not
 * @param bindingKey added to those of the database, which from then on believes signed bindings only; null changes nothing
 */
public record MigrationSettings(
        String url,
        String superuser,
        String superuserPassword,
        String ownerPassword,
        String appPassword,
        String keycloakPassword,
        @Nullable String maintenancePassword,
        @Nullable BindingKey bindingKey) {

    /**
     * Reads the settings from environment variables.
     *
     * @param environment LATCHKEY_DB_URL, POSTGRES_USER (default {@code postgres}), POSTGRES_PASSWORD, LATCHKEY_OWNER_PASSWORD,
     *     LATCHKEY_APP_PASSWORD, KEYCLOAK_DB_PASSWORD, LATCHKEY_MAINTENANCE_PASSWORD and
     *     LATCHKEY_BINDING_KEY (default: none)
     * @throws MigrationException if one without a default is missing or empty, or the binding key is too short
     */
    public static MigrationSettings of(Map<String, String> environment) {
        return new MigrationSettings(
                required(environment, "LATCHKEY_DB_URL"),
                environment.getOrDefault("POSTGRES_USER", "postgres"),
                required(environment, "POSTGRES_PASSWORD"),
                required(environment, "LATCHKEY_OWNER_PASSWORD"),
                required(environment, "LATCHKEY_APP_PASSWORD"),
                required(environment, "KEYCLOAK_DB_PASSWORD"),
                maintenancePassword(environment.getOrDefault("LATCHKEY_MAINTENANCE_PASSWORD", "")),
                bindingKey(environment.getOrDefault("LATCHKEY_BINDING_KEY", "")));
    }

    private static @Nullable String maintenancePassword(String value) {
        return value.isEmpty() ? null : value;
    }

    private static @Nullable BindingKey bindingKey(String value) {
        try {
            return value.isEmpty() ? null : BindingKey.of(value);
        } catch (IllegalArgumentException e) {
            throw new MigrationException("LATCHKEY_BINDING_KEY: " + e.getMessage());
        }
    }

    private static String required(Map<String, String> environment, String variable) {
        String value = environment.getOrDefault(variable, "");
        if (value.isEmpty()) {
            throw new MigrationException("The variable " + variable + " is not set.");
        }
        return value;
    }

    /** Without the passwords, and without the address, which may carry one. */
    @Override
    public String toString() {
        return "MigrationSettings[superuser=" + superuser + "]";
    }
}
