package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.ClientRepresentation;

/** One sign-in in which one client is authorized several times: no authorization has a say in another one's owner (RFC 6749 §3.3, §6). */
@ExtendWith(RunningStack.class)
class SeveralTabsIT {

    private final String person = Members.newName();
    private final String mine = "mine-" + person;
    private final String theirs = "theirs-" + person;
    private StackSettings settings;
    private Members members;
    private String personId;
    private String mineId;
    private AnyClient web;
    private Tokens first;

    @BeforeEach
    void signIn(Running running) throws Exception {
        settings = running.settings();
        members = new Members(settings);
        personId = members.person(person);
        mineId = members.workspace(mine);
        members.join(mineId, personId);
        members.workspace(theirs);
        web = new AnyClient(settings, "web", settings.apiUrl() + "/");
        first = web.tokens("openid", person, Members.PASSWORD);
    }

    @Test
    @DisplayName(
            "Given another tab asks for the person meanwhile, then a workspace that the person is no member of stays refused")
    void refused() throws Exception {
        Supplier<HttpResponse<String>> workspace = web.authorized("openid organization:" + theirs);
        Supplier<HttpResponse<String>> personal = web.authorized("openid");

        assertRefused("invalid_scope", workspace.get());
        assertThat(owner(personal.get())).isEqualTo(personId);
    }

    @Test
    @DisplayName(
            "Given another tab asks for a workspace that is refused, then the person's tabs are not, also without a scope")
    void innocent() throws Exception {
        Supplier<HttpResponse<String>> personal = web.authorized("openid");
        Supplier<HttpResponse<String>> workspace = web.authorized("openid organization:" + theirs);

        assertThat(owner(personal.get())).isEqualTo(personId);
        assertRefused("invalid_scope", workspace.get());
        assertThat(owner(web.again(null))).isEqualTo(personId);
    }

    @Test
    @DisplayName("Given a tab for the person and one for a workspace, then each keeps its owner through every refresh")
    void each() throws Exception {
        Supplier<HttpResponse<String>> workspace = web.authorized("openid organization:" + mine);
        Supplier<HttpResponse<String>> personal = web.authorized("openid");
        Tokens ofPerson = tokens(personal.get());
        Tokens ofWorkspace = tokens(workspace.get());

        for (int i = 0; i < 2; i++) {
            ofPerson = tokens(refresh(ofPerson));
            ofWorkspace = tokens(refresh(ofWorkspace));
            assertThat(ofPerson.claim("owner_id")).isEqualTo(personId);
            assertThat(ofWorkspace.claim("owner_id")).isEqualTo(mineId);
        }
    }

    @Test
    @DisplayName(
            "Given the person's browser asks for the person before the device does, then the device's workspace stays refused (RFC 8628)")
    void device() throws Exception {
        Map<String, Object> given = Http.json(Http.postForm(
                settings.issuer() + "/protocol/openid-connect/auth/device",
                Map.of("client_id", "desktop", "scope", "openid organization:" + theirs)));
        try (Browser phone = new Browser()) {
            HtmlPage login = (HtmlPage) phone.open((String) given.get("verification_uri_complete"));
            ((HtmlInput) login.getElementById("username")).setValue(person);
            ((HtmlInput) login.getElementById("password")).setValue(Members.PASSWORD);
            HtmlPage question = login.getElementById("kc-login").click();
            question.getElementById("kc-login").click();
            assertThat(phone.locationOf(AuthorizationUrl.of(settings, "desktop", "http://127.0.0.1:51004/callback")))
                    .contains("code=");
        }

        assertRefused(
                "invalid_scope",
                token(Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "client_id",
                        "desktop",
                        "device_code",
                        (String) given.get("device_code"))));
    }

    @Test
    @DisplayName(
            "Given an admin sets owner_id and another tab authorizes anew, then the tokens before are nobody's, and those after are its")
    void ownerSet() throws Exception {
        members.change(personId, account -> account.singleAttribute("owner_id", "legacy-1"));
        Tokens after = tokens(web.again("openid"));
        assertThat(after.claim("owner_id")).isEqualTo("legacy-1");

        assertRefused("invalid_grant", refresh(first));
        assertRefused("invalid_grant", exchange(first));
        assertThat(introspect(first)).containsEntry("active", true).doesNotContainKey("owner_id");
        assertThat(introspect(after)).containsEntry("owner_id", "legacy-1");
        assertThat(owner(exchange(after))).isEqualTo("legacy-1");
        after = tokens(refresh(tokens(refresh(after))));
        assertThat(after.claim("owner_id")).isEqualTo("legacy-1");
    }

    @Test
    @DisplayName(
            "Given an alias that another workspace has now, and another tab authorizes for it, then the tokens before are not moved there")
    void aliasGivenAway() throws Exception {
        Tokens before = tokens(web.again("openid organization:" + mine));
        members.realm().organizations().get(mineId).delete().close();
        String newId = members.workspace(mine);
        members.join(newId, personId);
        assertThat(owner(web.again("openid organization:" + mine))).isEqualTo(newId);

        assertRefused("invalid_grant", refresh(before));
        assertThat(tokens(refresh(first)).claim("owner_id")).isEqualTo(personId);
    }

    @Test
    @DisplayName(
            "Given a refresh token of a grant of Keycloak's that does not name the owner, then neither is it moved to another one")
    void unnamed() {
        var clients = members.realm().clients();
        ClientRepresentation api = clients.findByClientId("resource-api").get(0);
        api.setDirectAccessGrantsEnabled(true);
        clients.get(api.getId()).update(api);
        try {
            Tokens before = tokens(token(Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "resource-api",
                    "client_secret",
                    settings.secrets().resourceApiClient(),
                    "username",
                    person,
                    "password",
                    Members.PASSWORD)));
            assertThat(before.claim("owner_id")).isEqualTo(personId);
            members.change(personId, account -> account.singleAttribute("owner_id", "legacy-2"));
            assertThat(owner(exchange(before, Map.of("scope", "personal")))).isEqualTo("legacy-2");

            assertRefused(
                    "invalid_grant",
                    token(Map.of(
                            "grant_type",
                            "refresh_token",
                            "client_id",
                            "resource-api",
                            "client_secret",
                            settings.secrets().resourceApiClient(),
                            "refresh_token",
                            before.refresh())));
        } finally {
            api.setDirectAccessGrantsEnabled(false);
            clients.get(api.getId()).update(api);
        }
    }

    private static void assertRefused(String error, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Http.json(answer)).containsEntry("error", error);
    }

    private static Tokens tokens(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Tokens.of(Http.json(answer));
    }

    private static String owner(HttpResponse<String> answer) {
        return tokens(answer).claim("owner_id");
    }

    private HttpResponse<String> refresh(Tokens tokens) {
        return token(Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", tokens.refresh()));
    }

    private HttpResponse<String> exchange(Tokens tokens) {
        return exchange(tokens, Map.of());
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
        return token(form);
    }

    private Map<String, Object> introspect(Tokens tokens) {
        return Http.json(Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token/introspect",
                Map.of(
                        "token", tokens.access(),
                        "client_id", "resource-api",
                        "client_secret", settings.secrets().resourceApiClient())));
    }

    private HttpResponse<String> token(Map<String, String> form) {
        return Http.postForm(settings.issuer() + "/protocol/openid-connect/token", form);
    }
}
