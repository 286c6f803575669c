package dev.latchkey.localstack;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The credentials with which Keycloak is known to Google or GitHub. */
public record UpstreamClient(String id, String secret) {

    /**
     * The credentials from {@code <provider>_CLIENT_ID} and {@code <provider>_CLIENT_SECRET}, null when neither is set.
     *
     * @throws StartFailure when only one of the two is set
     */
    static @Nullable UpstreamClient from(Map<String, String> environment, String provider) {
        String id = environment.getOrDefault(provider + "_CLIENT_ID", "").strip();
        String secret =
                environment.getOrDefault(provider + "_CLIENT_SECRET", "").strip();
        if (id.isEmpty() && secret.isEmpty()) {
            return null;
        }
        if (id.isEmpty() || secret.isEmpty()) {
            throw new StartFailure(
                    "Only one of %1$s_CLIENT_ID and %1$s_CLIENT_SECRET is set: set both to sign in with the real provider, or none to use the stand-in."
                            .formatted(provider));
        }
        return new UpstreamClient(id, secret);
    }
}
