package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an administrator changes reaches people who are signed in, though no request to the API asks Keycloak. */
@ExtendWith(RunningStack.class)
class AccountChangesIT {

    /** What is promised. */
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private StackSettings settings;
    private Members members;

    @BeforeEach
    void connect(Running running) {
        settings = running.settings();
        members = new Members(settings);
    }

    @Test
    @DisplayName(
            "Given an administrator sets a tier, disables, or takes out of a workspace, then tokens before that end within a minute")
    void withinAMinute() throws Exception {
        String upgraded = Members.newName();
        String disabled = Members.newName();
        String leaver = Members.newName();
        String upgradedId = members.person(upgraded);
        String disabledId = members.person(disabled);
        String leaverId = members.person(leaver);
        String workspace = members.workspace(Members.newName());
        members.join(workspace, leaverId);
        Tokens before = signIn(upgraded);
        Tokens ofDisabled = signIn(disabled);
        Tokens ofLeaver = signIn(leaver);
        Tokens ofOther = signIn("alice", "alice");
        assertThat(me(before).statusCode()).isEqualTo(200);

        members.change(upgradedId, person -> person.singleAttribute("tier", "pro"));
        members.change(disabledId, person -> person.setEnabled(false));
        members.leave(workspace, leaverId);

        await().atMost(A_MINUTE).untilAsserted(() -> {
            assertStale(me(before));
            assertStale(me(ofDisabled));
            assertStale(me(ofLeaver));
        });
        assertThat(me(ofOther).statusCode()).isEqualTo(200);
        Tokens after = Tokens.of(Http.json(refresh(before)));
        assertThat(Http.json(me(after)).get("entitlements"))
                .isEqualTo(Map.of("is_guest", false, "can_sync", true, "is_pro", true));
        assertThat(refresh(ofDisabled).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("Given an administrator takes a role in a workspace from somebody, then too")
    void demoted() throws Exception {
        String name = Members.newName();
        String id = members.person(name);
        String workspace = members.workspace(Members.newName());
        members.join(workspace, id);
        String owners = members.group(workspace, null, "owner");
        members.group(workspace, owners).addMember(id);
        Tokens before = signIn(name);

        members.group(workspace, owners).removeMember(id);

        await().atMost(A_MINUTE).untilAsserted(() -> assertStale(me(before)));
    }

    @Test
    @DisplayName("Given Keycloak's endpoint, then it tells the API's client alone, and nothing but subjects and times")
    void endpoint() throws Exception {
        String id = members.person(Members.newName());
        members.change(id, person -> person.singleAttribute("tier", "pro"));
        Tokens tokens = signIn("alice", "alice");

        HttpResponse<String> told = ask(basic("resource-api", settings.secrets().resourceApiClient()));
        assertThat(Http.json(told)).containsOnlyKeys("until", "changed", "everybody");
        Map<?, ?> changed = (Map<?, ?>) Http.json(told).get("changed");
        assertThat(changed.containsKey(id)).isTrue();
        assertThat(changed.values()).allSatisfy(time -> assertThat(time).isInstanceOf(Long.class));
        for (String other : new String[] {
            basic("resource-api", "wrong"),
            basic("backend", settings.secrets().backendClient()),
            "Bearer " + tokens.access(),
            "Basic bm9uc2Vuc2U=",
        }) {
            HttpResponse<String> refused = ask(other);
            assertThat(refused.statusCode()).as(refused.body()).isIn(400, 401, 403);
            assertThat(refused.body()).doesNotContain(id);
        }
    }

    private HttpResponse<String> ask(String authorization) {
        return Http.send(HttpRequest.newBuilder(URI.create(settings.issuer() + "/account-changes?since=0"))
                .header("Authorization", authorization)
                .build());
    }

    private static String basic(String client, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private Tokens signIn(String name) throws Exception {
        return signIn(name, Members.PASSWORD);
    }

    private Tokens signIn(String name, String password) throws Exception {
        return new SignIn(settings).withPassword(name, password);
    }

    private HttpResponse<String> me(Tokens tokens) {
        return new Api(settings.apiUrl(), tokens.access()).get("/v1/me");
    }

    private HttpResponse<String> refresh(Tokens tokens) {
        return Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token",
                Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", tokens.refresh()));
    }

    private static void assertStale(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("error=\"invalid_token\""));
        assertThat(Http.json(response)).containsEntry("code", "token_stale");
    }
}
