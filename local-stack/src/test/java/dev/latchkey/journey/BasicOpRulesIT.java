package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * What OpenID Connect asks of a basic provider, for a confidential client that an admin adds, without PKCE, as the conformance suite has it. Keycloak
 * does all of it: our flow, policies and mappers must not get in its way.
 */
@ExtendWith(RunningStack.class)
class BasicOpRulesIT {

    private static final String SECRET = "of this test";

    private final Browser browser = new Browser();
    private final String client = "basic-op-" + UUID.randomUUID();
    private final String basic =
            "Basic " + Base64.getEncoder().encodeToString((client + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    private Keycloak admin;
    private StackSettings settings;

    @BeforeEach
    void makeClient(Running running) {
        settings = running.settings();
        admin = Keycloak.getInstance(
                settings.keycloakUrl(),
                "master",
                Secrets.ADMIN,
                settings.secrets().admin(),
                "admin-cli");
        ClientRepresentation representation = new ClientRepresentation();
        representation.setClientId(client);
        representation.setSecret(SECRET);
        representation.setPublicClient(false);
        representation.setRedirectUris(List.of(settings.apiUrl() + "/"));
        representation.setAttributes(Map.of("post.logout.redirect.uris", "+"));
        admin.realm("latchkey").clients().create(representation).close();
    }

    @AfterEach
    void removeClient() {
        var clients = admin.realm("latchkey").clients();
        clients.get(clients.findByClientId(client).get(0).getId()).remove();
        admin.close();
        browser.close();
    }

    @Test
    @DisplayName(
            "Given either way to send the secret, then tokens, and userinfo by GET, POST and form (OpenID Connect Core 1.0 §3.1.3, §5.3.1)")
    void codeFlow() throws Exception {
        Tokens byHeader = tokens(flow());
        CodeFlow form = flow().granting("client_secret", SECRET);
        Tokens byForm =
                Tokens.of(Http.json(form.redeem(form.authorization(browser).get("code"))));
        String subject = byForm.idClaims().getSubject();
        assertThat(byHeader.idClaims().getSubject()).isEqualTo(subject);

        String userinfo = endpoint("userinfo");
        String bearer = "Bearer " + byForm.access();
        for (HttpRequest.Builder request : List.of(
                HttpRequest.newBuilder(URI.create(userinfo)).header("Authorization", bearer),
                HttpRequest.newBuilder(URI.create(userinfo))
                        .header("Authorization", bearer)
                        .POST(BodyPublishers.noBody()))) {
            assertThat(Http.json(Http.send(request.build()))).containsEntry("sub", subject);
        }
        assertThat(Http.json(Http.postForm(userinfo, Map.of("access_token", byForm.access()))))
                .containsEntry("sub", subject);
    }

    @Test
    @DisplayName(
            "Given prompt, max_age, id_token_hint, claims and parameters that nobody knows, then they do what they should (Core §3.1.2.1)")
    void parameters() throws Exception {
        assertThat(flow().asking("prompt", "none").authorization(browser)).containsEntry("error", "login_required");
        JWTClaimsSet first = tokens(flow()).idClaims();
        for (CodeFlow silent : List.of(
                flow().asking("prompt", "none"),
                flow().asking("prompt", "none").asking("max_age", "10000"),
                flow().asking("prompt", "none")
                        .asking("id_token_hint", tokens(flow()).id()),
                flow().asking("claims", "{\"userinfo\":{\"name\":{\"essential\":true}}}")
                        .asking("prompt", "none"),
                flow().asking("prompt", "none").asking("extra", "foobar"),
                flow().asking("prompt", "none").asking("nonce", null).asking("ui_locales", "se"))) {
            JWTClaimsSet claims = tokens(silent).idClaims();
            assertThat(claims.getSubject()).isEqualTo(first.getSubject());
            assertThat(claims.getClaim("auth_time")).isEqualTo(first.getClaim("auth_time"));
        }
        HtmlPage asked =
                (HtmlPage) browser.open(flow().asking("prompt", "login").url());
        assertThat(asked.getElementById("kc-login")).isNotNull();
    }

    @Test
    @DisplayName(
            "Given a logout with the ID token, then the browser is back with its state, and signed out (RP-Initiated Logout 1.0 §2, §3)")
    void logout() throws Exception {
        Tokens tokens = tokens(flow());

        String back = browser.location(endpoint("logout") + "?"
                + Http.encode(Map.of(
                        "id_token_hint",
                        tokens.id(),
                        "post_logout_redirect_uri",
                        settings.apiUrl() + "/",
                        "state",
                        "over")));

        assertThat(back).isEqualTo(settings.apiUrl() + "/?state=over");
        assertThat(flow().asking("prompt", "none").authorization(browser)).containsEntry("error", "login_required");
    }

    /** Without PKCE. */
    private CodeFlow flow() {
        return new CodeFlow(settings)
                .asking("client_id", client)
                .asking("code_challenge", null)
                .asking("code_challenge_method", null)
                .granting("client_id", client)
                .granting("code_verifier", null);
    }

    private Tokens tokens(CodeFlow flow) throws IOException {
        Map<String, String> authorized = flow.authorization(browser);
        assertThat(authorized).containsKey("code");
        HttpResponse<String> answer =
                flow.granting("client_id", null).redeem(authorized.get("code"), "Authorization", basic);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Tokens.of(Http.json(answer));
    }

    private String endpoint(String name) {
        return settings.issuer() + "/protocol/openid-connect/" + name;
    }
}
