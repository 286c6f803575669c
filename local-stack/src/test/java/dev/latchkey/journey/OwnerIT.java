package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Whom a token acts for: a person of their own for every test, and two workspaces, of one of which they are a member. */
@ExtendWith(RunningStack.class)
class OwnerIT {

    private static final String PASSWORD = "correct horse battery";

    private StackSettings settings;
    private RealmResource realm;
    private String person;
    private String personId;
    private String mine;
    private String mineId;
    private String theirs;

    @BeforeEach
    void makePersonAndWorkspaces(Running running) {
        settings = running.settings();
        realm = Keycloak.getInstance(
                        settings.keycloakUrl(),
                        "master",
                        Secrets.ADMIN,
                        settings.secrets().admin(),
                        "admin-cli")
                .realm("latchkey");
        String unique = UUID.randomUUID().toString().substring(0, 8);
        person = "person-" + unique;
        personId = makePerson(person);
        mine = "mine-" + unique;
        mineId = makeWorkspace(mine);
        theirs = "theirs-" + unique;
        makeWorkspace(theirs);
        realm.organizations().get(mineId).members().addMember(personId).close();
    }

    @Test
    @DisplayName("Given a workspace that the person is a member of, then its id is the owner, and a refresh keeps it")
    void member() throws Exception {
        Tokens tokens = asking("openid organization:" + mine);
        assertThat(tokens.claim("owner_id")).isEqualTo(mineId);

        HttpResponse<String> narrower = refresh(tokens, "openid");
        assertThat(narrower.statusCode()).isEqualTo(400);
        assertThat(Http.json(narrower)).containsEntry("error", "invalid_scope");

        Tokens refreshed = Tokens.of(Http.json(refresh(tokens, null)));
        assertThat(refreshed.claim("owner_id")).isEqualTo(mineId);
    }

    @Test
    @DisplayName(
            "Given a token for a workspace that the person leaves, then it cannot be refreshed into another owner's")
    void leaver() throws Exception {
        Tokens tokens = asking("openid organization:" + mine);
        realm.organizations().get(mineId).members().member(personId).delete().close();

        assertThat(refresh(tokens, null).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName(
            "Given a workspace that the person is no member of, one that is disabled, and none, then all are refused alike")
    void noMember() throws Exception {
        String disabled = "disabled-" + mine;
        String disabledId = makeWorkspace(disabled);
        OrganizationRepresentation off = realm.organizations().get(disabledId).toRepresentation();
        off.setEnabled(false);
        realm.organizations().get(disabledId).update(off).close();

        List<HttpResponse<String>> answers = new ArrayList<>();
        for (String alias : List.of(theirs, disabled, "nowhere-" + mine)) {
            answers.add(assertRefused("openid organization:" + alias));
        }
        assertThat(answers)
                .extracting(HttpResponse::body)
                .containsOnly(answers.get(0).body());
        Tokens tokens = asking("openid");
        HttpResponse<String> toTheirs = refresh(tokens, "openid organization:" + theirs);
        assertThat(toTheirs.statusCode()).isEqualTo(400);
        assertThat(refresh(tokens, "openid organization:nowhere-" + mine).body())
                .isEqualTo(toTheirs.body());
        assertThat(ofService("openid organization:nowhere-" + mine))
                .isEqualTo(ofService("openid organization:" + theirs))
                .contains("invalid_scope");
    }

    private String ofService(String scope) {
        return Http.postForm(
                        settings.issuer() + "/protocol/openid-connect/token",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "backend",
                                "client_secret",
                                settings.secrets().backendClient(),
                                "scope",
                                scope))
                .body();
    }

    @Test
    @DisplayName(
            "Given a new authorization for a workspace, silent with the cookie, then the tokens of the old one keep their owner")
    void switching() throws Exception {
        AnyClient web = new AnyClient(settings, "web", settings.apiUrl() + "/");
        Tokens personal = web.tokens("openid", person, PASSWORD);
        Tokens workspace = Tokens.of(Http.json(web.again("openid organization:" + mine)));

        assertThat(workspace.claim("owner_id")).isEqualTo(mineId);
        assertThat(refreshed(personal)).isEqualTo(personId);
        assertThat(refreshed(workspace)).isEqualTo(mineId);
        assertThat(Http.json(web.again("openid organization:" + theirs))).containsEntry("error", "invalid_scope");
        assertThat(Tokens.of(Http.json(web.again("openid personal"))).claim("owner_id"))
                .isEqualTo(personId);
    }

    private String refreshed(Tokens tokens) {
        HttpResponse<String> answer = refresh(tokens, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Tokens.of(Http.json(answer)).claim("owner_id");
    }

    @Test
    @DisplayName("Given a scope that leaves the owner open, then no token")
    void ambiguous() throws Exception {
        assertRefused("openid organization");
        assertRefused("openid organization:*");
        assertRefused("openid personal organization:" + mine);
    }

    @Test
    @DisplayName("Given the person acts for themselves, then no refresh makes that a workspace")
    void wider() throws Exception {
        Tokens tokens = asking("openid personal");
        assertThat(tokens.claim("owner_id")).isEqualTo(personId);

        assertThat(refresh(tokens, "openid organization:" + mine).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName(
            "Given an admin sets owner_id, then it is the owner from the next sign-in on, and no refresh crosses over")
    void attribute() throws Exception {
        Tokens before = asking("openid");
        setOwner("legacy-1");
        HttpResponse<String> refreshed = refresh(before, null);
        assertThat(Http.json(refreshed)).containsEntry("error", "invalid_grant");

        assertThat(asking("openid").claim("owner_id")).isEqualTo("legacy-1");
    }

    @Test
    @DisplayName("Given a workspace's token, then no exchange makes it the person's by saying nothing (RFC 8693 §2.1)")
    void exchange() throws Exception {
        Tokens tokens = asking("openid organization:" + mine);

        assertThat(Http.json(exchange(tokens, Map.of()))).containsEntry("error", "invalid_scope");
        assertThat(ownerOf(exchange(tokens, Map.of("scope", "organization:" + mine))))
                .isEqualTo(mineId);
        assertThat(ownerOf(exchange(tokens, Map.of("scope", "personal")))).isEqualTo(personId);
        assertThat(ownerOf(exchange(asking("openid"), Map.of()))).isEqualTo(personId);
    }

    private HttpResponse<String> exchange(Tokens tokens, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id", "resource-api",
                "client_secret", settings.secrets().resourceApiClient(),
                "subject_token", tokens.access(),
                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token",
                "audience", "sync"));
        form.putAll(more);
        return Http.postForm(settings.issuer() + "/protocol/openid-connect/token", form);
    }

    private static String ownerOf(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Tokens.of(Http.json(answer)).claim("owner_id");
    }

    private Tokens asking(String scope) throws Exception {
        return new SignIn(settings).asking(scope).withPassword(person, PASSWORD);
    }

    private HttpResponse<String> assertRefused(String scope) throws Exception {
        HttpResponse<String> response = new SignIn(settings).asking(scope).answerToPassword(person, PASSWORD);
        assertThat(response.statusCode()).as(scope).isEqualTo(400);
        assertThat(Http.json(response))
                .as(scope)
                .containsEntry("error", "invalid_scope")
                .doesNotContainKey("access_token");
        return response;
    }

    private HttpResponse<String> refresh(Tokens tokens, String scope) {
        Map<String, String> form = new HashMap<>(
                Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", tokens.refresh()));
        if (scope != null) {
            form.put("scope", scope);
        }
        return Http.postForm(settings.issuer() + "/protocol/openid-connect/token", form);
    }

    private void setOwner(String owner) {
        UserResource user = realm.users().get(personId);
        UserRepresentation representation = user.toRepresentation();
        representation.singleAttribute("owner_id", owner);
        user.update(representation);
    }

    private String makePerson(String name) {
        UserRepresentation representation = new UserRepresentation();
        representation.setUsername(name);
        representation.setEmail(name + "@example.test");
        representation.setEmailVerified(true);
        representation.setEnabled(true);
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(PASSWORD);
        representation.setCredentials(List.of(password));
        realm.users().create(representation).close();
        return realm.users().searchByUsername(name, true).get(0).getId();
    }

    private String makeWorkspace(String alias) {
        OrganizationRepresentation workspace = new OrganizationRepresentation();
        workspace.setName(alias);
        workspace.setAlias(alias);
        workspace.addDomain(new OrganizationDomainRepresentation(alias + ".test"));
        realm.organizations().create(workspace).close();
        return realm.organizations().search(alias, true, 0, 1).get(0).getId();
    }
}
