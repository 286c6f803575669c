package dev.latchkey.localstack;

import dev.latchkey.realm.Realm;
import dev.latchkey.realm.RealmApplier;
import dev.latchkey.realm.RealmException;
import java.net.URI;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Logger;

/**
 * Realm {@code latchkey} as it is declared, with sample people, and with stand-ins for the providers that we have no
 * credentials for.
 *
 * <p>The people's passwords, which are their names, stand in the file as hashes: they are too short for the realm's
 * policy, which Keycloak applies to plain ones also when it imports.
 */
final class LocalRealm {

    private static final String PART = "Realm";
    private static final Logger LOG = Logger.getLogger(LocalRealm.class.getName());

    private LocalRealm() {}

    static void apply(StackSettings settings, Keycloak keycloak, Progress progress) {
        Progress.Step step = progress.step(PART, "applying what is declared");
        int changes;
        try (RealmApplier applier = new RealmApplier(
                URI.create(keycloak.url()), Secrets.ADMIN, settings.secrets().admin(), LOG::info)) {
            changes = applier.apply(declared(settings));
        } catch (RealmException e) {
            throw new StartFailure(
                    "The realm cannot be applied: %s. Keycloak's log: %s. If the kept data is worthless, `mvn -Pfresh` starts on empty data."
                            .formatted(e.getMessage(), settings.logs().resolve("keycloak.log")),
                    e);
        }
        step.done(changes == 0 ? "unchanged" : "applied, changes: " + changes);
    }

    static Realm declared(StackSettings settings) {
        Realm realm = Realm.declared().with(overlay("people.json")).with(overlay("swagger-ui.json"));
        if (settings.google() == null) {
            realm = realm.with(overlay("google-stand-in.json"));
        }
        if (settings.github() == null) {
            realm = realm.with(overlay("github-stand-in.json"));
        }
        return realm.resolved(variables(settings));
    }

    private static Map<String, String> variables(StackSettings settings) {
        UpstreamClient google = SocialClients.googleCredentials(settings);
        UpstreamClient github = SocialClients.githubCredentials(settings);
        Map<String, String> variables = new HashMap<>();
        variables.put("GOOGLE_CLIENT_ID", google.id());
        variables.put("GOOGLE_CLIENT_SECRET", google.secret());
        variables.put("GITHUB_CLIENT_ID", github.id());
        variables.put("GITHUB_CLIENT_SECRET", github.secret());
        variables.put("RESOURCE_API_CLIENT_SECRET", settings.secrets().resourceApiClient());
        variables.put("BACKEND_CLIENT_SECRET", settings.secrets().backendClient());
        variables.put("LATCHKEY_WEB_URL", settings.apiUrl() + "/");
        variables.put("SMTP_HOST", "localhost");
        variables.put("SMTP_PORT", Integer.toString(settings.ports().smtp()));
        variables.put("SMTP_FROM", "latchkey@example.test");
        variables.put("SOCIAL_URL", settings.socialUrl());
        // Keycloak 26.4 leaves accounts of an import without.
        variables.put("IMPORTED_AT", Long.toString(System.currentTimeMillis()));
        return variables;
    }

    private static URL overlay(String file) {
        return Objects.requireNonNull(LocalRealm.class.getResource("realm/" + file), file);
    }
}
