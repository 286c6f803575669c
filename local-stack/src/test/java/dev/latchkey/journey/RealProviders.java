package dev.latchkey.journey;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import dev.latchkey.localstack.social.RealUpstreams;
import dev.latchkey.realm.Realm;
import dev.latchkey.realm.RealmApplier;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;

/** The realm whose brokers are exactly as they are declared for production, towards the real host names. */
final class RealProviders {

    private RealProviders() {}

    /** Makes the realm, or makes it as it was. */
    static void apply(Running running) {
        StackSettings settings = running.settings();
        Realm realm = Realm.declared()
                .with(Objects.requireNonNull(RealProviders.class.getResource("real-providers.json")))
                .resolved(Map.of(
                        "GOOGLE_CLIENT_ID",
                        RealUpstreams.GOOGLE_CLIENT.id(),
                        "GOOGLE_CLIENT_SECRET",
                        RealUpstreams.GOOGLE_CLIENT.secret(),
                        "GITHUB_CLIENT_ID",
                        RealUpstreams.GITHUB_CLIENT.id(),
                        "GITHUB_CLIENT_SECRET",
                        RealUpstreams.GITHUB_CLIENT.secret(),
                        "RESOURCE_API_CLIENT_SECRET",
                        "any",
                        "BACKEND_CLIENT_SECRET",
                        "any",
                        "LATCHKEY_WEB_URL",
                        settings.apiUrl() + "/",
                        "SMTP_HOST",
                        "localhost",
                        "SMTP_PORT",
                        Integer.toString(settings.ports().smtp()),
                        "SMTP_FROM",
                        "latchkey@example.test"));
        try (RealmApplier applier = new RealmApplier(
                URI.create(settings.keycloakUrl()),
                Secrets.ADMIN,
                settings.secrets().admin(),
                line -> {})) {
            applier.apply(realm);
        }
    }

    /** One that gets to Google and GitHub. */
    static Browser browser(Running running) throws IOException, GeneralSecurityException {
        return new Browser()
                .behind(running.upstreams().proxyPort(), running.upstreams().trustStore(running.directory()));
    }

    static SignIn signIn(Running running, Browser browser) {
        return new SignIn(running.settings(), RunningStack.REAL_PROVIDERS_REALM, browser);
    }

    /** What an admin sees and does. Keep it while using it: it signs in anew each time. */
    static RealmResource admin(Running running) {
        StackSettings settings = running.settings();
        return Keycloak.getInstance(
                        settings.keycloakUrl(),
                        "master",
                        Secrets.ADMIN,
                        settings.secrets().admin(),
                        "admin-cli")
                .realm(RunningStack.REAL_PROVIDERS_REALM);
    }
}
