package dev.latchkey.api.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What only production refuses: secrets that everybody knows, and doors that are meant for development. */
final class ProductionCheck {

    private static final Map<String, String> SECRETS = Map.of(
            "spring.datasource.password", "LATCHKEY_APP_PASSWORD",
            "latchkey.retention.password", "LATCHKEY_MAINTENANCE_PASSWORD",
            "latchkey.row-security.signing.key", "LATCHKEY_BINDING_KEY",
            "latchkey.keycloak.client-secret", "RESOURCE_API_CLIENT_SECRET",
            "latchkey.snapshots.links.key", "LATCHKEY_SNAPSHOT_LINK_KEY",
            "latchkey.dpop-nonce-key", "LATCHKEY_DPOP_NONCE_KEY");

    /** In every secret of the local stack, whose sources are published. */
    private static final String LOCAL_STACK = "local-stack-only";

    /** What is in every guesser's list. Compared in lower case. */
    private static final Set<String> GUESSED = Set.of(
            "admin",
            "changeit",
            "changeme",
            "change-me",
            "latchkey",
            "latchkey_app",
            "minio123",
            "minioadmin",
            "password",
            "postgres",
            "resource-api",
            "rustfsadmin",
            "secret",
            "test",
            // From Amazon's own documentation.
            "wjalrxutnfemi/k7mdeng/bpxrficyexamplekey");

    private static final Map<String, String> ROUTES = Map.of(
            "latchkey.internal-ops-routes", "ENABLE_INTERNAL_OPS_ROUTES",
            "latchkey.debug-routes", "ENABLE_DEBUG_ROUTES");

    private static final String SWITCH = "latchkey.internal-routes-in-production";

    /** The only endpoints of Spring Boot's that tell nothing of anybody. */
    private static final Set<String> ENDPOINTS = Set.of("health", "prometheus");

    private static final String EXPOSED = "management.endpoints.web.exposure.include";

    /** Switches of frameworks that put SQL, values or headers into the log. */
    private static final List<String> TALKATIVE =
            List.of("debug", "trace", "spring.jpa.show-sql", "spring.mvc.log-request-details");

    private ProductionCheck() {}

    /** @throws SettingsException with one sentence that names the variable and does not repeat a secret */
    static void check(Environment environment) {
        SECRETS.forEach((property, variable) -> requireOwnSecret(environment.getProperty(property, ""), variable));
        if (!environment.getProperty("latchkey.swagger-ui", "").isBlank()) {
            throw new SettingsException("In production there is no Swagger UI: LATCHKEY_SWAGGER_UI must not be set.");
        }
        // What opens is taken at its word; what is to be closed is on unless it is surely off.
        if (!environment.getProperty(SWITCH, "").strip().equalsIgnoreCase("true")) {
            ROUTES.forEach((property, variable) -> requireOff(isOn(environment, property), variable + " is on"));
            exposed(environment).stream()
                    .filter(endpoint -> !ENDPOINTS.contains(endpoint))
                    .findFirst()
                    .ifPresent(endpoint -> requireOff(true, "the management endpoint " + endpoint + " is exposed"));
        }
        TALKATIVE.stream()
                .filter(property -> isTalkative(environment, property))
                .findFirst()
                .ifPresent(property -> {
                    throw new SettingsException("In production " + property
                            + " must be off: it lets values of people's rows and requests into the log.");
                });
    }

    static void requireOwnSecret(String value, String variable) {
        String stripped = value.strip().toLowerCase(Locale.ROOT);
        if (stripped.contains(LOCAL_STACK) || GUESSED.contains(stripped)) {
            throw new SettingsException(
                    "In production " + variable
                            + " must be a secret of your own, for example from openssl rand -base64 48: this one is published.");
        }
    }

    private static void requireOff(boolean on, String what) {
        if (on) {
            throw new SettingsException("In production internal routes are off: " + what
                    + "; if that is meant, set ALLOW_INTERNAL_ROUTES_IN_PRODUCTION=true as well.");
        }
    }

    private static Set<String> exposed(Environment environment) {
        return Binder.get(environment)
                .bind(EXPOSED, Bindable.setOf(String.class))
                .orElseGet(Set::of);
    }

    private static boolean isOn(Environment environment, String property) {
        String value = environment.getProperty(property, "");
        return !value.isBlank() && !value.strip().equalsIgnoreCase("false");
    }

    /** As Spring Boot takes them: {@code --debug} has no value. */
    private static boolean isTalkative(Environment environment, String property) {
        String value = environment.getProperty(property);
        return value != null && !value.strip().equalsIgnoreCase("false");
    }
}
