package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;

/**
 * A realm that declares none of our attributes and has "Unmanaged Attributes: Enabled": people set any attribute of theirs, and still none
 * that is for administrators.
 */
@ExtendWith(RunningStack.class)
class UnmanagedAttributesIT {

    private static final Map<String, String> HARMLESS = Map.of("nickname", "Ally");

    private String issuer;
    private RealmResource realm;

    @BeforeEach
    void makeRealm(Running running) {
        StackSettings settings = running.settings();
        Keycloak admin = Keycloak.getInstance(
                settings.keycloakUrl(),
                "master",
                Secrets.ADMIN,
                settings.secrets().admin(),
                "admin-cli");
        RealmRepresentation made = new RealmRepresentation();
        made.setRealm("acme-" + UUID.randomUUID().toString().substring(0, 8));
        made.setEnabled(true);
        made.setRegistrationAllowed(true);
        admin.realms().create(made);
        realm = admin.realm(made.getRealm());
        issuer = settings.keycloakUrl() + "/realms/" + made.getRealm();
        UPConfig profile = realm.users().userProfile().getConfiguration();
        profile.setUnmanagedAttributePolicy(UnmanagedAttributePolicy.ENABLED);
        realm.users().userProfile().update(profile);
    }

    @AfterEach
    void removeRealm() {
        realm.remove();
    }

    @Test
    @DisplayName("Given the account API, then it sets none and removes none")
    void accountApi() throws Exception {
        String name = Members.newName();
        String id = person(name);
        String token = new AnyClient(issuer, "account-console", issuer + "/account/")
                .tokens("openid", name, Members.PASSWORD)
                .access();

        save(token, name, ForgedAttributes.VALUES);
        ForgedAttributes.assertHasNone(of(id));

        UserRepresentation person = of(id);
        person.singleAttribute("owner_id", "legacy-1");
        realm.users().get(id).update(person);
        save(token, name, Map.of());
        save(token, name, ForgedAttributes.VALUES);
        assertThat(of(id).getAttributes())
                .containsEntry("owner_id", List.of("legacy-1"))
                .doesNotContainKeys("tier", "permissions", "identity_of_record");
    }

    /** Replaces all attributes. */
    private void save(String token, String name, Map<String, String> attributes) {
        Map<String, Object> all = new HashMap<>();
        attributes.forEach((attribute, value) -> all.put(attribute, List.of(value)));
        HARMLESS.forEach((attribute, value) -> all.put(attribute, List.of(value)));
        HttpResponse<String> answer = Http.send(HttpRequest.newBuilder(URI.create(issuer + "/account/"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSONObjectUtils.toJSONString(Map.of(
                        "username",
                        name,
                        "email",
                        name + "@example.test",
                        "firstName",
                        "Given",
                        "lastName",
                        "Family",
                        "attributes",
                        all))))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    @Test
    @DisplayName("Given a registration that names them, then the account has none of them")
    void registration() throws Exception {
        String name = Members.newName();
        try (Browser browser = new Browser()) {
            HtmlPage page = (HtmlPage) browser.open(endpoint("registrations", Map.of()));
            type(page, "username", name);
            type(page, "email", name + "@example.test");
            type(page, "firstName", "Given");
            type(page, "lastName", "Family");
            type(page, "password", Members.PASSWORD);
            type(page, "password-confirm", Members.PASSWORD);
            ForgedAttributes.submit(page, "kc-register-form", HARMLESS);
        }

        assertOnlyHarmless(realm.users().searchByUsername(name, true).get(0).getId());
    }

    @Test
    @DisplayName("Given the profile's form at a sign-in that names them, then they do not change")
    void profileForm() throws Exception {
        String name = Members.newName();
        String id = person(name);
        try (Browser browser = new Browser()) {
            HtmlPage login = (HtmlPage) browser.open(endpoint("auth", Map.of("kc_action", "UPDATE_PROFILE")));
            type(login, "username", name);
            type(login, "password", Members.PASSWORD);
            HtmlPage form = login.getElementById("kc-login").click();
            ForgedAttributes.submit(form, "kc-update-profile-form", HARMLESS);
        }

        assertOnlyHarmless(id);
    }

    /** That the harmless one is there shows that the form was taken. */
    private void assertOnlyHarmless(String id) {
        assertThat(of(id).getAttributes()).containsEntry("nickname", List.of("Ally"));
        ForgedAttributes.assertHasNone(of(id));
    }

    private String endpoint(String name, Map<String, String> more) {
        Map<String, String> request = new HashMap<>(Map.of(
                "client_id", "account-console",
                "redirect_uri", issuer + "/account/",
                "response_type", "code",
                "scope", "openid",
                "code_challenge", "a".repeat(43),
                "code_challenge_method", "S256"));
        request.putAll(more);
        return issuer + "/protocol/openid-connect/" + name + "?" + Http.encode(request);
    }

    private static void type(HtmlPage page, String id, String text) {
        ((HtmlInput) page.getElementById(id)).setValue(text);
    }

    private String person(String name) {
        UserRepresentation person = new UserRepresentation();
        person.setUsername(name);
        person.setEmail(name + "@example.test");
        person.setEmailVerified(true);
        person.setFirstName("Given");
        person.setLastName("Family");
        person.setEnabled(true);
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(Members.PASSWORD);
        person.setCredentials(List.of(password));
        return CreatedResponseUtil.getCreatedId(realm.users().create(person));
    }

    private UserRepresentation of(String id) {
        return realm.users().get(id).toRepresentation();
    }
}
