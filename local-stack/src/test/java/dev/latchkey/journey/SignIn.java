package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.localstack.StackSettings;
import dev.latchkey.localstack.social.Person;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.htmlunit.Page;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;

/** A person signs in at the hosted pages, to client {@code web}: code flow with PKCE (RFC 7636). */
final class SignIn {

    private final StackSettings settings;
    private final String realm;
    private final Browser browser;
    private final String nonce = UUID.randomUUID().toString();
    private final String state = UUID.randomUUID().toString();
    private final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    private String scope = "openid";
    private ClientKey boundTo;
    private ClientKey redeemedWith;

    SignIn(StackSettings settings) {
        this(settings, "latchkey", new Browser());
    }

    SignIn(StackSettings settings, String realm, Browser browser) {
        this.settings = settings;
        this.realm = realm;
        this.browser = browser;
    }

    SignIn asking(String scope) {
        this.scope = scope;
        return this;
    }

    /** Tokens, and the code too (RFC 9449 §10), are bound to a key. */
    SignIn boundTo(ClientKey key) {
        return boundTo(key, key);
    }

    /** The code is bound to one key and redeemed with another. */
    SignIn boundTo(ClientKey key, ClientKey other) {
        boundTo = key;
        redeemedWith = other;
        return this;
    }

    Tokens withPassword(String username, String password) throws IOException {
        return accepted(answerToPassword(username, password));
    }

    /** What the token endpoint says. */
    HttpResponse<String> answerToPassword(String username, String password) throws IOException {
        HtmlPage page = begin();
        type(page, "username", username);
        type(page, "password", password);
        return redeem(click(page, "kc-login"));
    }

    /** @param alias {@code google} or {@code github} */
    Tokens with(String alias, Person person) throws IOException {
        Page next = through(alias, person);
        return finish(
                isRequestToVerify(next) ? browser.open(new Mailbox(settings.mailUrl()).linkFor(person.email())) : next);
    }

    /** The page that follows, whichever it is. */
    Page through(String alias, Person person) throws IOException {
        return choose(begin(), alias, person);
    }

    /** @param page that offers the provider's button */
    static Page choose(HtmlPage page, String alias, Person person) throws IOException {
        return click((HtmlPage) click(page, "social-" + alias), "person-" + person.login());
    }

    private static boolean isRequestToVerify(Page page) {
        return page instanceof HtmlPage html && html.asNormalizedText().contains("verify your email");
    }

    /** The sign-in page. */
    HtmlPage begin() throws IOException {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("client_id", "web");
        request.put("redirect_uri", redirectUri());
        request.put("response_type", "code");
        request.put("scope", scope);
        request.put("state", state);
        request.put("nonce", nonce);
        request.put("code_challenge", challenge(verifier));
        request.put("code_challenge_method", "S256");
        if (boundTo != null) {
            request.put("dpop_jkt", boundTo.thumbprint());
        }
        return (HtmlPage) browser.open(endpoint("auth") + "?" + Http.encode(request));
    }

    /** @param last the application's page, to which the sign-in has led */
    Tokens finish(Page last) {
        return accepted(redeem(last));
    }

    private String redirectUri() {
        return settings.apiUrl() + "/";
    }

    /** What the token endpoint says to the code that the application has got. */
    HttpResponse<String> redeem(Page last) {
        assertThat(last.getUrl().toString())
                .as("page after the sign-in:%n%s", last.getWebResponse().getContentAsString())
                .startsWith(redirectUri());
        Map<String, String> answer = query(last.getUrl().getQuery());
        assertThat(answer).containsEntry("state", state).containsKey("code");
        return redeem(answer.get("code"), redirectUri(), verifier);
    }

    private HttpResponse<String> redeem(String code, String redirectUri, String verifier) {
        return Http.postForm(
                endpoint("token"),
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", "web",
                        "code", code,
                        "redirect_uri", redirectUri,
                        "code_verifier", verifier),
                redeemedWith == null
                        ? new String[0]
                        : new String[] {"DPoP", redeemedWith.proof("POST", endpoint("token"))});
    }

    private Tokens accepted(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Tokens tokens = Tokens.of(Http.json(response));
        assertThat(tokens.idClaims().getClaim("nonce")).isEqualTo(nonce);
        return tokens;
    }

    private String endpoint(String name) {
        return settings.keycloakUrl() + "/realms/" + realm + "/protocol/openid-connect/" + name;
    }

    static void type(HtmlPage page, String id, String text) {
        ((HtmlInput) element(page, id)).setValue(text);
    }

    static Page click(HtmlPage page, String id) throws IOException {
        return element(page, id).click();
    }

    private static DomElement element(HtmlPage page, String id) {
        DomElement element = page.getElementById(id);
        assertThat(element)
                .as("#%s on %s:%n%s", id, page.getUrl(), page.asNormalizedText())
                .isNotNull();
        return element;
    }

    static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> query(String query) {
        return Arrays.stream(String.valueOf(query).split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
