package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.GroupRepresentation;

/** Claim {@code workspace}: a person of their own for every test, who is a member of a workspace. */
@ExtendWith(RunningStack.class)
class WorkspaceIT {

    private StackSettings settings;
    private Members members;
    private String person;
    private String personId;
    private String alias;
    private String id;

    @BeforeEach
    void makeMember(Running running) {
        settings = running.settings();
        members = new Members(settings);
        person = Members.newName();
        personId = members.person(person);
        alias = "workspace-of-" + person;
        id = members.workspace(alias);
        members.join(id, personId);
    }

    @Test
    @DisplayName(
            "Given somebody who acts in a workspace, then access and ID token and /v1/me say in which; userinfo does not")
    void member() throws Exception {
        Tokens tokens = signIn();
        Map<String, Object> expected = Map.of("id", id, "alias", alias, "role", "member");

        assertThat(tokens.claim("owner_id")).isEqualTo(id);
        assertThat(tokens.accessClaims().getClaim("workspace")).isEqualTo(expected);
        assertThat(tokens.idClaims().getClaim("workspace")).isEqualTo(expected);
        assertThat(Http.json(new Api(settings.apiUrl(), tokens.access()).get("/v1/me")))
                .containsEntry("owner_id", id)
                .containsEntry("workspace", expected);
        HttpResponse<String> userinfo =
                Http.send(HttpRequest.newBuilder(URI.create(settings.issuer() + "/protocol/openid-connect/userinfo"))
                        .header("Authorization", "Bearer " + tokens.access())
                        .build());
        assertThat(Http.json(userinfo)).containsKey("actor_uid").doesNotContainKey("workspace");
    }

    @Test
    @DisplayName("Given a member who acts for themselves, then there is none")
    void person() throws Exception {
        Tokens tokens = new SignIn(settings).asking("openid personal").withPassword(person, Members.PASSWORD);

        assertThat(tokens.claim("owner_id")).isEqualTo(personId);
        assertThat(tokens.accessClaims().getClaims()).doesNotContainKey("workspace");
        assertThat(tokens.idClaims().getClaims()).doesNotContainKey("workspace");
        assertThat(Http.json(new Api(settings.apiUrl(), tokens.access()).get("/v1/me")))
                .containsEntry("workspace", null);
    }

    @Test
    @DisplayName("Given groups 'owner' and 'admin' of the workspace, then they are roles, from the next token on")
    void roles() throws Exception {
        String admins = members.group(id, null, "admin");
        members.group(id, admins).addMember(personId);
        Tokens admin = signIn();
        assertThat(role(admin)).isEqualTo("admin");

        members.group(id, members.group(id, null, "owner")).addMember(personId);
        Tokens owner = refreshed(admin);
        assertThat(role(owner)).isEqualTo("owner");
        assertThat(owner.idClaims().getJSONObjectClaim("workspace")).containsEntry("role", "owner");
    }

    @Test
    @DisplayName("Given groups called 'owner' elsewhere, then they are no roles in this workspace")
    void otherGroups() throws Exception {
        String team = members.group(id, null, "team");
        members.group(id, members.group(id, team, "owner")).addMember(personId);
        String other = members.workspace(Members.newName());
        members.join(other, personId);
        members.group(other, members.group(other, null, "owner")).addMember(personId);
        GroupRepresentation ofRealm = new GroupRepresentation();
        ofRealm.setName("owner");
        members.realm().groups().add(ofRealm).close();
        String ofRealmId = members.realm()
                .groups()
                .groups("owner", true, 0, 1, true)
                .get(0)
                .getId();
        try {
            members.realm().users().get(personId).joinGroup(ofRealmId);

            assertThat(role(signIn())).isEqualTo("member");
        } finally {
            members.realm().groups().group(ofRealmId).remove();
        }
    }

    private Tokens signIn() throws Exception {
        return new SignIn(settings).asking("openid organization:" + alias).withPassword(person, Members.PASSWORD);
    }

    private Tokens refreshed(Tokens tokens) {
        HttpResponse<String> answer = Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token",
                Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", tokens.refresh()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Tokens.of(Http.json(answer));
    }

    private static String role(Tokens tokens) throws Exception {
        return (String) tokens.accessClaims().getJSONObjectClaim("workspace").get("role");
    }
}
