package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.ClientsResource;
import org.keycloak.representations.idm.ClientRepresentation;

/** What the clients {@code desktop} and {@code mobile} may ask for (RFC 8252), without the samples. */
@ExtendWith(RunningStack.class)
class NativeClientsIT {

    private static final String MOBILE = "dev.latchkey.app:/oauth2redirect";

    private StackSettings settings;

    @BeforeEach
    void settings(Running running) {
        settings = running.settings();
    }

    @Nested
    class Mobile {

        @Test
        @DisplayName("Given the app's own scheme, then its code comes there, and PKCE redeems it without a secret")
        void signIn() throws Exception {
            String location = answerAfterSignIn(AuthorizationUrl.of(settings, "mobile", MOBILE));

            assertThat(location).startsWith(MOBILE + "?");
            Map<String, String> answer = SignIn.query(location.substring(location.indexOf('?') + 1));
            assertThat(answer).containsEntry("state", "state-of-this-test").containsEntry("iss", settings.issuer());
            assertThat(redeem(answer.get("code"), "wrong" + AuthorizationUrl.VERIFIER)
                            .statusCode())
                    .isEqualTo(400);
            answer = SignIn.query(answerAfterSignIn(AuthorizationUrl.of(settings, "mobile", MOBILE))
                    .substring(MOBILE.length() + 1));
            Tokens tokens = Tokens.of(Http.json(redeem(answer.get("code"), AuthorizationUrl.VERIFIER)));
            assertThat(new Api(settings.apiUrl(), tokens.access()).get("/v1/me").statusCode())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "dev.latchkey.app:/oauth2redirect/x",
                    "dev.latchkey.app:/oauth2redirect/",
                    "dev.latchkey.app://oauth2redirect",
                    "dev.latchkey.app:///oauth2redirect",
                    "dev.latchkey.app:oauth2redirect",
                    "dev.latchkey.app:/oauth2redirect?a=b",
                    "dev.latchkey.app:/oauth2redirect#a",
                    "dev.latchkey.app:/OAuth2Redirect",
                    "DEV.latchkey.app:/oauth2redirect",
                    "dev.latchkey.app:/x/../oauth2redirect",
                    "dev.latchkey.app:/oauth2%72edirect",
                    "dev.latchkey.app.evil:/oauth2redirect",
                    "evil.dev.latchkey.app:/oauth2redirect",
                    "http://127.0.0.1/callback"
                })
        @DisplayName("Given any other address, then nobody is sent there")
        void otherAddress(String redirectUri) {
            assertRefused("mobile", redirectUri);
        }

        private HttpResponse<String> redeem(String code, String verifier) {
            return Http.postForm(
                    settings.issuer() + "/protocol/openid-connect/token",
                    Map.of(
                            "grant_type", "authorization_code",
                            "client_id", "mobile",
                            "code", code,
                            "redirect_uri", MOBILE,
                            "code_verifier", verifier));
        }
    }

    @Nested
    class Loopback {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1:1/callback",
                    "http://127.0.0.1:51004/callback",
                    "http://127.0.0.1:65535/callback",
                    "http://127.0.0.1/callback",
                    "http://[::1]:51004/callback"
                })
        @DisplayName("Given a loopback address, then any port will do")
        void anyPort(String redirectUri) throws Exception {
            assertThat(answerAfterSignIn(AuthorizationUrl.of(settings, "desktop", redirectUri)))
                    .startsWith(redirectUri + "?");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://localhost:51004/callback",
                    "http://0.0.0.0:51004/callback",
                    "http://127.0.0.2:51004/callback",
                    "http://127.1:51004/callback",
                    "http://2130706433:51004/callback",
                    "http://[::]:51004/callback",
                    "http://[::ffff:127.0.0.1]:51004/callback",
                    "https://127.0.0.1:51004/callback",
                    "http://127.0.0.1:51004/",
                    "http://127.0.0.1:51004/callback/",
                    "http://127.0.0.1:51004/callback/x",
                    "http://127.0.0.1:51004/callback?a=b",
                    "http://127.0.0.1:51004/callback#a",
                    "http://127.0.0.1:51004/x/../callback",
                    "http://127.0.0.1:51004/x/..%2fcallback",
                    "http://127.0.0.1:51004@evil.example/callback",
                    "http://evil.example@127.0.0.1:51004/callback",
                    "http://127.0.0.1.evil.example:51004/callback",
                    "http://evil.example:51004/callback",
                    "urn:ietf:wg:oauth:2.0:oob"
                })
        @DisplayName("Given another host, scheme or path, then nobody is sent there")
        void otherAddress(String redirectUri) {
            assertRefused("desktop", redirectUri);
        }
    }

    @Nested
    class Pkce {

        @Test
        @DisplayName("Given the device grant, then a client without PKCE gets a code: RFC 8628 knows none")
        void device() {
            HttpResponse<String> answer = Http.postForm(
                    settings.issuer() + "/protocol/openid-connect/auth/device",
                    Map.of("client_id", "desktop", "scope", "openid"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        @Test
        @DisplayName("Given the code flow, then no client does without PKCE by S256")
        void code() {
            Map<String, String> none = new HashMap<>();
            none.put("code_challenge", null);
            none.put("code_challenge_method", null);
            for (String client : List.of("web", "desktop", "mobile")) {
                for (Map<String, String> wrong : List.of(none, Map.of("code_challenge_method", "plain"))) {
                    assertThat(answer(AuthorizationUrl.of(settings.issuer(), client, redirectUri(client), wrong))
                                    .headers()
                                    .firstValue("Location")
                                    .orElse(""))
                            .as("%s %s", client, wrong)
                            .contains("error=invalid_request")
                            .doesNotContain("code=");
                }
            }
        }

        @Test
        @DisplayName(
                "Given a client that an admin adds without a word of PKCE, then a public one needs it and a confidential one does not")
        void clientsOfAdmins() throws Exception {
            Map<String, String> none = new HashMap<>();
            none.put("code_challenge", null);
            none.put("code_challenge_method", null);
            try (Keycloak admin = Keycloak.getInstance(
                    settings.keycloakUrl(),
                    "master",
                    Secrets.ADMIN,
                    settings.secrets().admin(),
                    "admin-cli")) {
                ClientsResource clients = admin.realm("latchkey").clients();
                for (boolean isPublic : List.of(true, false)) {
                    ClientRepresentation client = new ClientRepresentation();
                    client.setClientId("pkce-" + UUID.randomUUID());
                    client.setPublicClient(isPublic);
                    client.setRedirectUris(List.of(settings.apiUrl() + "/"));
                    clients.create(client).close();
                    client = clients.findByClientId(client.getClientId()).get(0);
                    client.setName("The policy does not stand in the way of admins");
                    clients.get(client.getId()).update(client);

                    HttpResponse<String> answer = answer(AuthorizationUrl.of(
                            settings.issuer(), client.getClientId(), settings.apiUrl() + "/", none));

                    assertThat(answer.statusCode()).isEqualTo(isPublic ? 302 : 200);
                    clients.get(client.getId()).remove();
                }
            }
        }
    }

    @Nested
    class Hints {

        @Test
        @DisplayName(
                "Given prompt=none and nobody signed in, then the answer is login_required, and no provider is visited")
        void promptNone() {
            for (Map<String, String> parameters :
                    List.of(Map.of("prompt", "none"), Map.of("prompt", "none", "kc_idp_hint", "google"))) {
                assertThat(answer(AuthorizationUrl.of(settings.issuer(), "web", redirectUri("web"), parameters))
                                .headers()
                                .firstValue("Location"))
                        .get()
                        .asString()
                        .startsWith(redirectUri("web"))
                        .contains("error=login_required");
            }
        }

        @Test
        @DisplayName(
                "Given a browser that is signed in, then prompt=select_account asks who it is, once, and prompt=none never asks")
        void anotherAccount() throws Exception {
            try (Browser browser = new Browser()) {
                String redirectUri = redirectUri("desktop");
                String plain = AuthorizationUrl.of(settings, "desktop", redirectUri);
                browser.signInWithoutFollowing(plain, "alice", "alice");
                for (String prompt : List.of("none", "none select_account")) {
                    assertThat(browser.locationOf(AuthorizationUrl.of(
                                    settings.issuer(), "desktop", redirectUri, Map.of("prompt", prompt))))
                            .as("prompt=" + prompt)
                            .startsWith(redirectUri + "?")
                            .contains("code=");
                }
                String choosing = AuthorizationUrl.of(
                        settings.issuer(), "desktop", redirectUri, Map.of("prompt", "select_account"));

                String location = browser.signInWithoutFollowing(choosing, "bob", "bob");

                assertThat(location).startsWith(redirectUri + "?").contains("code=", "state=state-of-this-test");
                assertThat(browser.locationOf(plain))
                        .startsWith(redirectUri + "?")
                        .contains("code=");
            }
        }

        @Test
        @DisplayName("Given a provider that is not there, then the hosted page is shown")
        void unknownProvider() throws Exception {
            try (Browser browser = new Browser()) {
                String address = AuthorizationUrl.of(
                        settings.issuer(), "web", redirectUri("web"), Map.of("kc_idp_hint", "nobody"));
                assertThat(browser.open(address).getUrl().toString()).startsWith(settings.issuer());
            }
        }
    }

    private String redirectUri(String client) {
        return switch (client) {
            case "web" -> settings.apiUrl() + "/";
            case "mobile" -> MOBILE;
            default -> "http://127.0.0.1:51004/callback";
        };
    }

    /** Keycloak shows a page of its own, and sends the browser nowhere (RFC 6749 §4.1.2.1). */
    private void assertRefused(String client, String redirectUri) {
        HttpResponse<String> answer = answer(AuthorizationUrl.of(settings, client, redirectUri));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    private static HttpResponse<String> answer(String address) {
        return Http.send(HttpRequest.newBuilder(URI.create(address)).build());
    }

    /** Where alice's browser is sent after she has signed in. */
    private String answerAfterSignIn(String address) throws Exception {
        try (Browser browser = new Browser()) {
            return browser.signInWithoutFollowing(address, "alice", "alice");
        }
    }
}
