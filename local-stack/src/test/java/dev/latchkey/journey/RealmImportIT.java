package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import dev.latchkey.realm.Realm;
import dev.latchkey.realm.RealmApplier;
import dev.latchkey.realm.RealmException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The declared realm on a real server, under a name of its own. */
@ExtendWith(RunningStack.class)
class RealmImportIT {

    private static final String NAME = "import-test";

    private final List<String> progress = new ArrayList<>();
    private StackSettings settings;
    private Keycloak admin;
    private RealmResource server;
    private Realm declared;

    @BeforeEach
    void makeRealmAnew(Running running) {
        settings = running.settings();
        admin = Keycloak.getInstance(
                settings.keycloakUrl(),
                "master",
                Secrets.ADMIN,
                settings.secrets().admin(),
                "admin-cli");
        server = admin.realm(NAME);
        if (admin.realms().findAll().stream().anyMatch(realm -> realm.getRealm().equals(NAME))) {
            server.remove();
        }
        declared = Realm.declared()
                .with(Objects.requireNonNull(RealmImportIT.class.getResource("import-test.json")))
                .resolved(Map.of(
                        "GOOGLE_CLIENT_ID", "google-id",
                        "GOOGLE_CLIENT_SECRET", "google-secret",
                        "GITHUB_CLIENT_ID", "github-id",
                        "GITHUB_CLIENT_SECRET", "github-secret",
                        "RESOURCE_API_CLIENT_SECRET", "resource-api-secret",
                        "BACKEND_CLIENT_SECRET", "backend-secret",
                        "LATCHKEY_WEB_URL", "http://localhost:1/",
                        "SMTP_HOST", "localhost",
                        "SMTP_PORT", "25",
                        "SMTP_FROM", "latchkey@example.test"));
        assertThat(apply()).isPositive();
        progress.clear();
    }

    @Test
    @DisplayName("Given the declared realm was imported, then an export holds everything declared, unchanged")
    void imported() throws Exception {
        RealmRepresentation export = server.partialExport(false, true);
        assertThat(Declared.differences(declared.toJson(), export)).isEmpty();
        assertThat(server.localization().getRealmLocalizationTexts("de")).containsEntry("latchkeyIndustry", "Branche");
    }

    @Test
    @DisplayName("Given the declared realm was imported, then applying it again changes nothing")
    void appliedAgain() {
        assertThat(apply()).as(progress.toString()).isZero();
    }

    @Test
    @DisplayName("Given an admin has changed what is declared, then applying brings it back, once")
    void drifted() throws Exception {
        drift();

        assertThat(apply()).isPositive();
        assertThat(Declared.differences(declared.toJson(), server.partialExport(false, true)))
                .isEmpty();
        assertThat(server.localization().getRealmLocalizationTexts("de"))
                .containsEntry("latchkeyIndustry", "Branche")
                .containsEntry("added", "kept");
        assertThat(server.flows().getFlows()).noneMatch(flow -> flow.getAlias().contains("replaced"));
        progress.clear();
        assertThat(apply()).as(progress.toString()).isZero();
    }

    @Test
    @DisplayName("Given people with links, then applying leaves them alone")
    void people() {
        UserRepresentation person = new UserRepresentation();
        person.setUsername("carol");
        person.setEmail("carol@example.test");
        person.singleAttribute("identity_of_record", "github:583231");
        server.users().create(person).close();
        String id = server.users().search("carol").get(0).getId();
        FederatedIdentityRepresentation link = new FederatedIdentityRepresentation();
        link.setIdentityProvider("github");
        link.setUserId("583231");
        link.setUserName("octocat");
        server.users().get(id).addFederatedIdentity("github", link).close();
        drift();

        apply();

        assertThat(server.users().get(id).toRepresentation().getEmail()).isEqualTo("carol@example.test");
        assertThat(server.users().get(id).toRepresentation().getAttributes())
                .containsEntry("identity_of_record", List.of("github:583231"));
        assertThat(server.users().get(id).getFederatedIdentity())
                .singleElement()
                .extracting(FederatedIdentityRepresentation::getUserId)
                .isEqualTo("583231");
    }

    @Test
    @DisplayName("Given a broker of another type, then applying says what to do instead of pretending")
    void brokerOfAnotherType() {
        Realm other =
                declared.with(Objects.requireNonNull(RealmImportIT.class.getResource("broker-of-another-type.json")));
        assertThatExceptionOfType(RealmException.class)
                .isThrownBy(() -> apply(other))
                .withMessageContaining("Broker google is of type 'google' and Keycloak cannot make it 'oidc'");
    }

    private void drift() {
        RealmRepresentation realm = server.toRepresentation();
        realm.setVerifyEmail(false);
        realm.setBrowserFlow("browser");
        realm.setLoginTheme("keycloak.v2");
        realm.setSupportedLocales(Set.of("fr"));
        server.update(realm);
        server.localization()
                .createOrUpdateRealmLocalizationTexts("de", Map.of("latchkeyIndustry", "Industrie", "added", "kept"));
        ClientRepresentation web = server.clients().findByClientId("web").get(0);
        web.setRedirectUris(List.of("*"));
        server.clients().get(web.getId()).update(web);
        IdentityProviderRepresentation gitHub =
                server.identityProviders().get("github").toRepresentation();
        gitHub.setTrustEmail(true);
        gitHub.getConfig().put("baseUrl", "http://localhost:1");
        server.identityProviders().get("github").update(gitHub);
        var profile = server.users().userProfile().getConfiguration();
        profile.removeAttribute("tier");
        server.users().userProfile().update(profile);
        var steps = server.flows().getExecutions("latchkey link existing account");
        steps.stream()
                .filter(step -> "idp-username-password-form".equals(step.getProviderId()))
                .forEach(step -> {
                    step.setRequirement("DISABLED");
                    server.flows().updateExecutions("latchkey link existing account", step);
                });
    }

    private int apply() {
        return apply(declared);
    }

    private int apply(Realm realm) {
        try (RealmApplier applier = new RealmApplier(
                URI.create(settings.keycloakUrl()),
                Secrets.ADMIN,
                settings.secrets().admin(),
                progress::add)) {
            return applier.apply(realm);
        }
    }
}
