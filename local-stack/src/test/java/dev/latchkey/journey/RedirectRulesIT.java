package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A browser is sent to an address that is registered, letter by letter, and nowhere else (RFC 9700 §2.1, §4.1.3, §4.11.2). */
@ExtendWith(RunningStack.class)
class RedirectRulesIT {

    private StackSettings settings;

    @BeforeEach
    void settings(Running running) {
        settings = running.settings();
    }

    /** {@code HOME} stands for the registered address without its final slash, {@code HOST} for its host and port. */
    static Stream<String> tricks() {
        return Stream.of(
                "https://evil.example/",
                "HOME",
                "HOME/x",
                "HOME//",
                "HOME/..",
                "HOME/../evil",
                "HOME/%2e%2e/evil",
                "HOME/..%2fevil",
                "HOME/%2f%2fevil.example",
                "HOME/..;/evil",
                "HOME/?next=https://evil.example",
                "HOME/?",
                "HOME/#",
                "HOME/#access_token=x",
                "HOME/*",
                "HOME/%00x",
                "HOME/%0d%0aLocation:%20https://evil.example",
                "HOME/\r\nLocation: https://evil.example",
                "HOME/\\evil.example",
                " HOME/",
                "HOME/ ",
                "HOME@evil.example/",
                "HOME:x@evil.example/",
                "HOME%40evil.example/",
                "HOME.evil.example/",
                "HOME%2eevil.example/",
                "HOME%00.evil.example/",
                "HOME\\@evil.example/",
                "HOME#@evil.example/",
                "http://evil.example@HOST/",
                "http://evil.example%40HOST/",
                "http://evil.example#HOST/",
                "http://evil.example?HOST/",
                "http://evil.example\\HOST/",
                "http://localhost.evil.example/",
                "http://localhost/",
                "http://localhost:80/",
                "http://localhost.:PORT/",
                "http://LOCALHOST:PORT/",
                "HTTP://HOST/",
                "https://HOST/",
                "http:HOST/",
                "http:/HOST/",
                "http:///HOST/",
                "http:\\\\HOST/",
                "//HOST/",
                "//evil.example/",
                "/",
                "/\\evil.example",
                "http://127.0.0.1:PORT/",
                "http://[::1]:PORT/",
                "http://loc\u0430lhost:PORT/",
                "http://\uff4cocalhost:PORT/",
                "javascript:alert(1)//HOME/",
                "data:text/html,HOME/",
                "tauri://localhost",
                "urn:ietf:wg:oauth:2.0:oob",
                "*");
    }

    private String resolved(String trick) {
        URI home = URI.create(settings.apiUrl());
        return trick.replace("HOME", home.toString())
                .replace("HOST", home.getAuthority())
                .replace("PORT", Integer.toString(home.getPort()));
    }

    @ParameterizedTest
    @MethodSource("tricks")
    @DisplayName("Given another redirect_uri, then a page of Keycloak's own says so, and the browser is sent nowhere")
    void authorization(String trick) {
        HttpResponse<String> answer =
                new CodeFlow(settings).asking("redirect_uri", resolved(trick)).firstAnswer();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    /** RFC 9700 §4.11.2: not even with an error, and not for somebody who is signed in. */
    @ParameterizedTest
    @MethodSource("tricks")
    @DisplayName("Given another redirect_uri and prompt=none, then the error is not sent there either")
    void silent(String trick) {
        HttpResponse<String> answer = new CodeFlow(settings)
                .asking("redirect_uri", resolved(trick))
                .asking("prompt", "none")
                .asking("response_mode", "form_post")
                .firstAnswer();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("<form");
    }

    @Test
    @DisplayName("Given no redirect_uri, then none is guessed")
    void none() {
        HttpResponse<String> answer =
                new CodeFlow(settings).asking("redirect_uri", null).firstAnswer();

        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    /** RFC 9700 §4.11.1, OIDC RP-Initiated Logout 1.0 §3. */
    @Test
    @DisplayName(
            "Given another post_logout_redirect_uri, then the browser is sent nowhere, with and without the ID token")
    void logout() throws Exception {
        try (Browser browser = new Browser()) {
            String id = signedIn(browser);

            assertThat(tricks().map(this::resolved)).allSatisfy(address -> {
                assertThat(browser.location(logout(address, null))).isEmpty();
                assertThat(browser.location(logout(address, id))).isEmpty();
            });
        }
    }

    @Test
    @DisplayName(
            "Given the registered post_logout_redirect_uri and the ID token, then the browser comes back with the state")
    void loggedOut() throws Exception {
        try (Browser browser = new Browser()) {
            String home = settings.apiUrl() + "/";

            assertThat(browser.location(logout(home, signedIn(browser)))).isEqualTo(home + "?state=of-this-test");
        }
    }

    /** Another site could log people out with a link (RFC 9700 §4.7); it takes a click. */
    @Test
    @DisplayName("Given no ID token, then a logout is asked for first, and the session goes on")
    void unprompted() throws Exception {
        try (Browser browser = new Browser()) {
            signedIn(browser);

            Page page = browser.open(logout(settings.apiUrl() + "/", null));

            assertThat(((HtmlPage) page).getElementById("kc-logout")).isNotNull();
            assertThat(new CodeFlow(settings).asking("prompt", "none").authorization(browser))
                    .containsKey("code");
        }
    }

    /** RFC 9101 §5.2, §10.4: {@code request_uri} would have Keycloak call wherever it says. */
    @Test
    @DisplayName("Given a request_uri, jku or x5u of somebody else's, then nobody calls there")
    void outbound() throws Exception {
        try (Listener attacker = new Listener()) {
            String header =
                    "{\"alg\":\"RS256\",\"kid\":\"x\",\"jku\":\"%1$s\",\"x5u\":\"%1$s\"}".formatted(attacker.url());
            String forged =
                    Base64URL.encode(header) + "." + Base64URL.encode("{\"iss\":\"web\",\"sub\":\"web\"}") + ".AAAA";

            new CodeFlow(settings).asking("request_uri", attacker.url()).firstAnswer();
            new CodeFlow(settings).asking("request", forged).firstAnswer();
            new CodeFlow(settings).asking("id_token_hint", forged).firstAnswer();
            new Api(settings.issuer(), forged).get("/protocol/openid-connect/userinfo");
            Map<String, String> assertion = new LinkedHashMap<>();
            assertion.put("grant_type", "client_credentials");
            assertion.put("client_id", "backend");
            assertion.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            assertion.put("client_assertion", forged);
            Http.postForm(settings.issuer() + "/protocol/openid-connect/token", assertion);
            Http.postForm(
                    settings.issuer() + "/protocol/openid-connect/ext/par/request",
                    Map.of("client_id", "web", "request_uri", attacker.url()));

            assertThat(attacker.requests()).isZero();
        }
    }

    private String signedIn(Browser browser) throws Exception {
        CodeFlow flow = new CodeFlow(settings);
        return Tokens.of(Http.json(flow.redeem(flow.authorization(browser).get("code"))))
                .id();
    }

    private String logout(String redirectUri, String hint) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("post_logout_redirect_uri", redirectUri);
        parameters.put("client_id", "web");
        parameters.put("state", "of-this-test");
        if (hint != null) {
            parameters.put("id_token_hint", hint);
        }
        return settings.issuer() + "/protocol/openid-connect/logout?" + Http.encode(parameters);
    }
}
