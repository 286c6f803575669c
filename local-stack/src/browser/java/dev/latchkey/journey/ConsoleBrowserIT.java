package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** Does in Keycloak's console what the how-to says, as it stands there, and takes its pictures. */
@ExtendWith(RunningStack.class)
class ConsoleBrowserIT {

    private static final String REALM = "acme";

    @Test
    @DisplayName("Given the how-to, then every step can be done in the console, and the realm is what it promises")
    void howTo(Running running) throws Exception {
        HowTo howTo = HowTo.read(Path.of(System.getProperty("latchkey.docs"), "how-to", "configure-in-console.md"));
        assertThat(howTo.steps()).hasSizeGreaterThanOrEqualTo(6);
        try (Keycloak admin = Keycloak.getInstance(
                running.settings().keycloakUrl(),
                "master",
                Secrets.ADMIN,
                running.settings().secrets().admin(),
                "admin-cli")) {
            removeRealm(admin);
            try (Chromium chromium = new Chromium();
                    Console console = new Console(chromium, running.settings())) {
                howTo.steps().forEach(step -> step.follow(console));
                promised(admin.realm(REALM));
            } finally {
                removeRealm(admin);
            }
        }
    }

    private static void promised(RealmResource realm) {
        assertThat(realm.toRepresentation().getLoginTheme()).isEqualTo("latchkey");
        assertThat(realm.flows().getExecutions("first sign-in"))
                .extracting(
                        AuthenticationExecutionInfoRepresentation::getDisplayName,
                        AuthenticationExecutionInfoRepresentation::getRequirement)
                .map(Object::toString)
                .containsExactly(
                        "(\"Latchkey: new account or proof\", \"ALTERNATIVE\")",
                        "(\"prove the account\", \"ALTERNATIVE\")",
                        "(\"Confirm link existing account\", \"REQUIRED\")",
                        "(\"Username Password Form for identity provider reauthentication\", \"REQUIRED\")");
        IdentityProviderRepresentation google = realm.identityProviders().get("google").toRepresentation();
        assertThat(google.isTrustEmail()).isTrue();
        assertThat(google.getFirstBrokerLoginFlowAlias()).isEqualTo("first sign-in");
        assertThat(google.getConfig())
                .containsEntry("clientId", "client-id-from-google")
                .containsEntry("validateSignature", "true")
                .containsEntry("useJwksUrl", "true")
                .containsEntry("pkceEnabled", "true")
                .containsEntry("pkceMethod", "S256");
        assertThat(realm.clients().findByClientId("shop")).singleElement().satisfies(client -> {
            assertThat(client.isPublicClient()).isTrue();
            assertThat(client.getRedirectUris()).isEqualTo(List.of("https://shop.example/"));
            assertThat(client.getAttributes()).containsEntry("pkce.code.challenge.method", "S256");
            assertThat(client.getDefaultClientScopes()).contains("latchkey");
        });
    }

    private static void removeRealm(Keycloak admin) {
        if (admin.realms().findAll().stream().map(RealmRepresentation::getRealm).anyMatch(REALM::equals)) {
            admin.realm(REALM).remove();
        }
    }
}
