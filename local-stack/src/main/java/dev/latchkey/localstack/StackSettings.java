package dev.latchkey.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be chosen about a stack.
 *
 * @param state where data, logs and process records are kept
 * @param cache where unpacked and built distributions are kept; may be shared by several stacks
 * @param parts where the build put the Keycloak distribution, the provider jar and the API's jar
 * @param fresh throw away kept data first
 * @param durable survive a crash of the machine; tests give that up for speed
 * @param google credentials at Google, null for the stand-in
 * @param github credentials at GitHub, null for the stand-in
 * @param corsOrigins value of {@code CORS_ORIGINS} for the API, null for its own default
 * @param patience how long one part may take to come up
 * @param keycloakOptions further command line options for {@code kc.sh start}
 */
public record StackSettings(
        Path state,
        Path cache,
        Path parts,
        boolean fresh,
        boolean durable,
        Ports ports,
        Secrets secrets,
        @Nullable UpstreamClient google,
        @Nullable UpstreamClient github,
        @Nullable String corsOrigins,
        Duration patience,
        List<String> keycloakOptions) {

    /** Generous, because `kc.sh build` takes a minute on two slow cores and several such may be at work. */
    private static final int DEFAULT_PATIENCE_SECONDS = 300;

    /**
     * What the environment says, with defaults for the rest.
     *
     * @param environment the variables that {@code docs/how-to/run-the-local-stack.md} lists
     * @throws StartFailure when a variable has a value that cannot be meant
     */
    static StackSettings from(Map<String, String> environment, Path state, Path parts, boolean fresh) {
        Path home = state.toAbsolutePath().normalize();
        return new StackSettings(
                home,
                cache(environment, home),
                parts.toAbsolutePath().normalize(),
                fresh,
                true,
                Ports.from(environment),
                Secrets.from(environment),
                UpstreamClient.from(environment, "GOOGLE"),
                UpstreamClient.from(environment, "GITHUB"),
                environment.get("CORS_ORIGINS"),
                patience(environment),
                List.of());
    }

    /** A throw-away stack on free ports that does not look at the environment and shares only the cache. */
    public static StackSettings forTests(Path state, Path cache, Path parts) {
        return new StackSettings(
                state.toAbsolutePath().normalize(),
                cache.toAbsolutePath().normalize(),
                parts.toAbsolutePath().normalize(),
                true,
                false,
                Ports.free(),
                Secrets.from(Map.of()),
                null,
                null,
                null,
                Duration.ofSeconds(2L * DEFAULT_PATIENCE_SECONDS),
                List.of());
    }

    public StackSettings withKeycloakOptions(String... options) {
        List<String> all = new ArrayList<>(keycloakOptions);
        all.addAll(List.of(options));
        return new StackSettings(
                state, cache, parts, fresh, durable, ports, secrets, google, github, corsOrigins, patience, all);
    }

    Path data() {
        return state.resolve("data");
    }

    Path logs() {
        return state.resolve("logs");
    }

    Path run() {
        return state.resolve("run");
    }

    public String apiUrl() {
        return "http://localhost:" + ports.api();
    }

    public String keycloakUrl() {
        return "http://localhost:" + ports.keycloak();
    }

    public String socialUrl() {
        return "http://localhost:" + ports.social();
    }

    public String mailUrl() {
        return "http://localhost:" + ports.mail();
    }

    public String issuer() {
        return keycloakUrl() + "/realms/latchkey";
    }

    private static Path cache(Map<String, String> environment, Path home) {
        String cache = environment.getOrDefault("LATCHKEY_CACHE", "").strip();
        return cache.isEmpty()
                ? home.resolve("cache")
                : Path.of(cache).toAbsolutePath().normalize();
    }

    private static Duration patience(Map<String, String> environment) {
        String value = environment.getOrDefault("LATCHKEY_START_TIMEOUT", "").strip();
        if (value.isEmpty()) {
            return Duration.ofSeconds(DEFAULT_PATIENCE_SECONDS);
        }
        try {
            int seconds = Integer.parseInt(value);
            if (seconds > 0) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number out of range.
        }
        throw new StartFailure(
                "LATCHKEY_START_TIMEOUT is \"%s\", but it is a number of seconds, at least 1.".formatted(value));
    }
}
