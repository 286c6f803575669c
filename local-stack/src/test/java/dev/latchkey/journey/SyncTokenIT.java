package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** {@code POST /v1/sync/token} against the real Keycloak: standard token exchange (RFC 8693). */
@ExtendWith(RunningStack.class)
class SyncTokenIT {

    private static final String PASSWORD = "correct horse battery";

    private StackSettings settings;
    private RealmResource realm;
    private String person;
    private String personId;

    @BeforeEach
    void makePerson(Running running) {
        settings = running.settings();
        realm = Keycloak.getInstance(
                        settings.keycloakUrl(),
                        "master",
                        Secrets.ADMIN,
                        settings.secrets().admin(),
                        "admin-cli")
                .realm("latchkey");
        person = "sync-" + UUID.randomUUID().toString().substring(0, 8);
        UserRepresentation representation = new UserRepresentation();
        representation.setUsername(person);
        representation.setEmail(person + "@example.test");
        representation.setEmailVerified(true);
        representation.setEnabled(true);
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(PASSWORD);
        representation.setCredentials(List.of(password));
        realm.users().create(representation).close();
        personId = realm.users().searchByUsername(person, true).get(0).getId();
    }

    @Test
    @DisplayName("Given a person, then a token for sync and nothing else, for five minutes, for the same owner")
    void personal() throws Exception {
        Tokens tokens = new SignIn(settings).withPassword(person, PASSWORD);

        HttpResponse<String> answer = exchange(tokens);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        Map<String, Object> body = Http.json(answer);
        assertThat(body.keySet()).containsExactlyInAnyOrder("access_token", "token_type", "expires_in");
        assertThat(body).containsEntry("token_type", "Bearer").containsEntry("expires_in", 300L);
        JWTClaimsSet claims = claims(answer);
        assertThat(claims.getAudience()).containsExactly("sync");
        assertThat(claims.getStringClaim("owner_id")).isEqualTo(tokens.claim("owner_id"));
        assertThat(claims.getStringClaim("actor_uid")).isEqualTo(tokens.claim("actor_uid"));
        assertThat(claims.getStringClaim("sid")).isEqualTo(tokens.claim("sid"));
        assertThat(claims.getClaims())
                .doesNotContainKeys(
                        "email", "provider", "user_metadata", "app_metadata", "realm_access", "resource_access");
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isEqualTo(300_000);
        assertThat(new Api(settings.apiUrl(), accessToken(answer))
                        .get("/v1/works")
                        .statusCode())
                .as("the API does not take it")
                .isEqualTo(401);
    }

    @Test
    @DisplayName("Given somebody acting in a workspace, then the token is for the workspace")
    void workspace() throws Exception {
        String alias = "sync-" + UUID.randomUUID().toString().substring(0, 8);
        OrganizationRepresentation workspace = new OrganizationRepresentation();
        workspace.setName(alias);
        workspace.setAlias(alias);
        workspace.addDomain(new OrganizationDomainRepresentation(alias + ".test"));
        realm.organizations().create(workspace).close();
        String id = realm.organizations().search(alias, true, 0, 1).get(0).getId();
        realm.organizations().get(id).members().addMember(personId).close();
        Tokens tokens =
                new SignIn(settings).asking("openid organization:" + alias).withPassword(person, PASSWORD);
        assertThat(tokens.claim("owner_id")).isEqualTo(id);

        assertThat(claims(exchange(tokens)).getClaims())
                .containsEntry("owner_id", id)
                .doesNotContainKey("workspace");

        realm.organizations().get(id).members().member(personId).delete().close();
        assertGone(exchange(tokens));
    }

    @Test
    @DisplayName("Given another owner by now, then no token")
    void otherOwner() throws Exception {
        Tokens tokens = new SignIn(settings).withPassword(person, PASSWORD);
        UserRepresentation user = realm.users().get(personId).toRepresentation();
        user.singleAttribute("owner_id", "legacy-" + person);
        realm.users().get(personId).update(user);

        assertGone(exchange(tokens));
    }

    @Test
    @DisplayName("Given a logout, then the token is dead, and no other one is given")
    void logout() throws Exception {
        Tokens tokens = new SignIn(settings).withPassword(person, PASSWORD);
        String token = accessToken(exchange(tokens));
        assertThat(introspect(token)).containsEntry("active", true).containsEntry("owner_id", tokens.claim("owner_id"));

        Http.postForm(
                settings.issuer() + "/protocol/openid-connect/logout",
                Map.of("client_id", "web", "refresh_token", tokens.refresh()));

        assertThat(introspect(token)).containsExactly(Map.entry("active", false));
        assertGone(exchange(tokens));
    }

    /** As the service does that the token is for. */
    private Map<String, Object> introspect(String token) {
        String id = realm.clients().findByClientId("sync").get(0).getId();
        return Http.json(Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token/introspect",
                Map.of(
                        "client_id",
                        "sync",
                        "client_secret",
                        realm.clients().get(id).getSecret().getValue(),
                        "token",
                        token)));
    }

    private HttpResponse<String> exchange(Tokens tokens) throws Exception {
        return new Api(settings.apiUrl(), tokens.access()).call("POST", "/v1/sync/token", null);
    }

    /** Stale if the API, which asks Keycloak for changed accounts, has asked in between. */
    private static void assertGone(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(Http.json(answer).get("code")).isIn("token_invalid", "token_stale");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    private static String accessToken(HttpResponse<String> answer) {
        return (String) Http.json(answer).get("access_token");
    }

    private static JWTClaimsSet claims(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return SignedJWT.parse(accessToken(answer)).getJWTClaimsSet();
    }
}
