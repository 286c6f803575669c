package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.localstack.StackSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;

/** One code flow with PKCE of client {@code web}, step by step, so that a test can get any step wrong (RFC 6749 §4.1, RFC 7636). */
final class CodeFlow {

    private final StackSettings settings;
    private final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    private final Map<String, String> request = new LinkedHashMap<>();
    private final Map<String, String> grant = new LinkedHashMap<>();

    CodeFlow(StackSettings settings) {
        this.settings = settings;
        String redirectUri = settings.apiUrl() + "/";
        request.put("client_id", "web");
        request.put("redirect_uri", redirectUri);
        request.put("response_type", "code");
        request.put("scope", "openid");
        request.put("state", UUID.randomUUID().toString());
        request.put("nonce", UUID.randomUUID().toString());
        request.put("code_challenge", SignIn.challenge(verifier));
        request.put("code_challenge_method", "S256");
        grant.put("grant_type", "authorization_code");
        grant.put("client_id", "web");
        grant.put("redirect_uri", redirectUri);
        grant.put("code_verifier", verifier);
    }

    /** @param value of that parameter of the authorization request; null leaves it out */
    CodeFlow asking(String parameter, String value) {
        return put(request, parameter, value);
    }

    /** @param value of that parameter of the token request; null leaves it out */
    CodeFlow granting(String parameter, String value) {
        return put(grant, parameter, value);
    }

    String challenge() {
        return request.get("code_challenge");
    }

    String state() {
        return request.get("state");
    }

    String url() {
        return settings.issuer() + "/protocol/openid-connect/auth?" + Http.encode(request);
    }

    /** What Keycloak says to a browser in which nobody is signed in. */
    HttpResponse<String> firstAnswer() {
        return Http.send(HttpRequest.newBuilder(URI.create(url())).build());
    }

    /** What alice's browser brings back. */
    Map<String, String> authorization(Browser browser) throws IOException {
        Page page = browser.open(url());
        if (page instanceof HtmlPage login && login.getElementById("kc-login") != null) {
            page = signIn(login);
        }
        assertThat(page.getUrl().toString()).startsWith(request.get("redirect_uri") + "?");
        return SignIn.query(page.getUrl().getQuery());
    }

    static Page signIn(HtmlPage login) throws IOException {
        ((HtmlInput) login.getElementById("username")).setValue("alice");
        ((HtmlInput) login.getElementById("password")).setValue("alice");
        return login.getElementById("kc-login").click();
    }

    /** A code of alice's. */
    String code() throws IOException {
        try (Browser browser = new Browser()) {
            Map<String, String> answer = authorization(browser);
            assertThat(answer).containsEntry("state", state()).containsKey("code");
            return answer.get("code");
        }
    }

    /** @param header name and value in turn */
    HttpResponse<String> redeem(String code, String... header) {
        Map<String, String> form = new LinkedHashMap<>(grant);
        form.put("code", code);
        return Http.postForm(settings.issuer() + "/protocol/openid-connect/token", form, header);
    }

    Tokens tokens() throws IOException {
        return Tokens.of(Http.json(redeem(code())));
    }

    private CodeFlow put(Map<String, String> parameters, String name, String value) {
        if (value == null) {
            parameters.remove(name);
        } else {
            parameters.put(name, value);
        }
        return this;
    }
}
