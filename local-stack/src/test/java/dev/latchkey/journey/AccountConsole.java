package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlPage;
import org.jspecify.annotations.Nullable;

/** Keycloak's own page and API for one's account, in the realm with the real provider types. */
final class AccountConsole {

    private static final String CLIENT = "account-console";
    private static final String VERIFIER = "a-verifier-that-is-long-enough-for-rfc-7636-section-4.1";

    private final Running running;
    private final Browser browser;

    AccountConsole(Running running, Browser browser) {
        this.running = running;
        this.browser = browser;
    }

    /** @param action such as {@code idp_link:google}, null for none */
    Page open(@Nullable String action) throws IOException {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("client_id", CLIENT);
        request.put("redirect_uri", url());
        request.put("response_type", "code");
        request.put("response_mode", "query");
        request.put("scope", "openid");
        request.put("code_challenge", SignIn.challenge(VERIFIER));
        request.put("code_challenge_method", "S256");
        if (action != null) {
            request.put("kc_action", action);
        }
        return browser.open(realm() + "/protocol/openid-connect/auth?" + Http.encode(request));
    }

    Page openWithPassword(String userName, String password, @Nullable String action) throws IOException {
        HtmlPage page = (HtmlPage) open(action);
        SignIn.type(page, "username", userName);
        SignIn.type(page, "password", password);
        return SignIn.click(page, "kc-login");
    }

    /** An access token for the account API. */
    String token(Page last) {
        Map<String, String> answer = SignIn.query(last.getUrl().getQuery());
        assertThat(answer).as(last.getUrl().toString()).containsKey("code");
        HttpResponse<String> response = Http.postForm(
                realm() + "/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        CLIENT,
                        "code",
                        answer.get("code"),
                        "redirect_uri",
                        url(),
                        "code_verifier",
                        VERIFIER));
        return String.valueOf(Http.json(response).get("access_token"));
    }

    HttpResponse<String> call(String method, String path, String token) {
        return Http.send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private String url() {
        return realm() + "/account/";
    }

    private String realm() {
        return running.settings().keycloakUrl() + "/realms/" + RunningStack.REAL_PROVIDERS_REALM;
    }
}
