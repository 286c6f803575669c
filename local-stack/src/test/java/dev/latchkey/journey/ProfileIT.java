package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people change of their own profile, through the API and with their own token only. */
@ExtendWith(RunningStack.class)
class ProfileIT {

    private StackSettings settings;
    private Members members;
    private String name;
    private String id;

    @BeforeEach
    void makePerson(Running running) {
        settings = running.settings();
        members = new Members(settings);
        name = Members.newName();
        id = members.person(name);
    }

    @Test
    @DisplayName("Given a merge patch, then what it names changes, the rest stays, and the next token says so")
    void patch() throws Exception {
        Tokens tokens = signIn();

        HttpResponse<String> first = patch(tokens, "{\"display_name\": \"Änne\", \"industry\": \"Beekeeping\"}");
        HttpResponse<String> second =
                patch(tokens, "{\"industry\": null, \"email_consent\": true, \"owner_id\": \"somebody\"}");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(metadata(Http.json(second)))
                .containsOnly(Map.entry("display_name", "Änne"), Map.entry("email_consent", true));
        Tokens refreshed = refreshed(tokens);
        assertThat(refreshed.accessClaims().getJSONObjectClaim("user_metadata"))
                .containsOnly(Map.entry("display_name", "Änne"), Map.entry("email_consent", true));
        assertThat(refreshed.claim("owner_id")).isEqualTo(id);
        assertThat(metadata(Http.json(new Api(settings.apiUrl(), refreshed.access()).get("/v1/me"))))
                .containsEntry("display_name", "Änne");
        assertThat(members.of(id).getEmail()).isEqualTo(name + "@example.test");
        assertThat(members.of(id).isEmailVerified()).isTrue();
    }

    @Test
    @DisplayName("Given the onboarding is completed, then the profile says so, with the answers that came along")
    void onboarding() throws Exception {
        Tokens tokens = signIn();
        Api api = new Api(settings.apiUrl(), tokens.access());

        HttpResponse<String> done = api.call("POST", "/v1/me/onboarding", "{\"job_title\": \"Librarian\"}");

        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(refreshed(tokens).accessClaims().getJSONObjectClaim("user_metadata"))
                .containsOnly(Map.entry("job_title", "Librarian"), Map.entry("onboarding_completed", true));
        assertRefused(
                api.call("POST", "/v1/me/onboarding", "{\"onboarding_completed\": false}"),
                "invalid_field",
                "#/onboarding_completed");
    }

    @Test
    @DisplayName(
            "Given what only administrators set, or nobody knows, then it is refused by name and nothing is changed")
    void notTheirs() throws Exception {
        Tokens tokens = signIn();

        for (String field : List.of("tier", "permissions", "identity_of_record", "email", "username", "nonsense")) {
            assertRefused(
                    patch(tokens, "{\"display_name\": \"X\", \"%s\": \"pro\"}".formatted(field)),
                    "unknown_field",
                    "#/" + field);
        }
        assertThat(members.of(id).getAttributes()).doesNotContainKeys("display_name", "tier", "permissions");
    }

    @Test
    @DisplayName("Given values that the realm's user profile does not allow, then each is pointed to")
    void notAllowed() throws Exception {
        Tokens tokens = signIn();

        HttpResponse<String> tooLong = patch(tokens, "{\"display_name\": \"%s\"}".formatted("ä".repeat(81)));
        assertRefused(tooLong, "invalid_field", "#/display_name");
        assertThat(tooLong.body()).contains("must have at most 160 bytes");
        assertThat(patch(tokens, "{\"display_name\": \"%s\"}".formatted("ä".repeat(80)))
                        .statusCode())
                .isEqualTo(200);
        assertRefused(patch(tokens, "{\"job_title\": \"<script>\"}"), "invalid_field", "#/job_title");
        assertRefused(patch(tokens, "{\"email_consent\": \"true\"}"), "invalid_field", "#/email_consent");
        assertRefused(patch(tokens, "{\"industry\": \"\\ud800\"}"), "invalid_field", "#/industry");
    }

    @Test
    @DisplayName(
            "Given the registration page, then it asks for a profile if the app does, and never what the app knows")
    void registration() throws Exception {
        assertThat(askedAtRegistration("openid")).containsExactlyInAnyOrder("username", "email");
        assertThat(askedAtRegistration("openid profile"))
                .containsExactlyInAnyOrder(
                        "username", "email", "display_name", "industry", "job_title", "email_consent");
    }

    @Test
    @DisplayName("Given a session that has ended, then 401 though the token itself is still good")
    void signedOut() throws Exception {
        Tokens tokens = signIn();
        members.realm().deleteSession(tokens.claim("sid"), false);

        HttpResponse<String> response = patch(tokens, "{\"display_name\": \"X\"}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(Http.json(response)).containsEntry("code", "token_invalid");
    }

    @Test
    @DisplayName("Given a service account, then it has no profile to change")
    void service() {
        HttpResponse<String> answer = Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token",
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "backend",
                        "client_secret", settings.secrets().backendClient()));
        Api api = new Api(settings.apiUrl(), Tokens.of(Http.json(answer)).access());

        assertThat(Http.json(api.call("PATCH", "/v1/me", "{\"display_name\": \"X\"}")))
                .containsEntry("code", "forbidden");
    }

    @Test
    @DisplayName(
            "Given a token bound to a key, then the API cannot pass it on, and Keycloak takes it with its own proof")
    void bound() throws Exception {
        ClientKey key = ClientKey.fresh();
        Tokens tokens =
                Tokens.of(Http.json(new SignIn(settings).boundTo(key).answerToPassword(name, Members.PASSWORD)));
        String nonce = send("PATCH", settings.apiUrl() + "/v1/me", "{}", "Authorization", "DPoP " + tokens.access())
                .headers()
                .firstValue("DPoP-Nonce")
                .orElseThrow();

        HttpResponse<String> atTheApi = send(
                "PATCH",
                settings.apiUrl() + "/v1/me",
                "{\"display_name\": \"X\"}",
                "Authorization",
                "DPoP " + tokens.access(),
                "DPoP",
                key.proof("PATCH", settings.apiUrl() + "/v1/me", tokens.access(), nonce));
        assertThat(Http.json(atTheApi)).containsEntry("code", "bound_token");

        String profile = settings.issuer() + "/profile";
        HttpResponse<String> atKeycloak = send(
                "PATCH",
                profile,
                "{\"display_name\": \"X\"}",
                "Authorization",
                "DPoP " + tokens.access(),
                "DPoP",
                key.proof("PATCH", profile, tokens.access(), nonce));
        assertThat(Http.json(atKeycloak)).containsOnly(Map.entry("display_name", "X"));
        assertThat(send("PATCH", profile, "{}", "Authorization", "Bearer " + tokens.access())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("Given Keycloak's endpoint itself, then it takes access tokens for the API only")
    void endpoint() throws Exception {
        Tokens tokens = signIn();
        String profile = settings.issuer() + "/profile";

        for (String other : List.of(tokens.id(), tokens.refresh(), "nonsense")) {
            assertThat(send("PATCH", profile, "{}", "Authorization", "Bearer " + other)
                            .statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> refused =
                send("PATCH", profile, "{\"tier\": \"pro\"}", "Authorization", "Bearer " + tokens.access());
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("tier").contains("unknown");
    }

    private Tokens signIn() throws Exception {
        return new SignIn(settings).withPassword(name, Members.PASSWORD);
    }

    /** Names of the fields that show. */
    private List<String> askedAtRegistration(String scope) throws Exception {
        try (Browser browser = new Browser()) {
            HtmlPage page = (HtmlPage) browser.open(settings.issuer() + "/protocol/openid-connect/registrations?"
                    + Http.encode(Map.of(
                            "client_id",
                            "web",
                            "redirect_uri",
                            settings.apiUrl() + "/",
                            "response_type",
                            "code",
                            "scope",
                            scope,
                            "code_challenge",
                            "a".repeat(43),
                            "code_challenge_method",
                            "S256")));
            return page.querySelectorAll("#kc-register-form input, #kc-register-form select").stream()
                    .map(DomElement.class::cast)
                    .filter(field -> !field.getAttribute("type").matches("hidden|submit|password"))
                    .map(field -> field.getAttribute("name"))
                    .toList();
        }
    }

    private Tokens refreshed(Tokens tokens) {
        return Tokens.of(Http.json(Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token",
                Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", tokens.refresh()))));
    }

    private HttpResponse<String> patch(Tokens tokens, String json) {
        return new Api(settings.apiUrl(), tokens.access()).call("PATCH", "/v1/me", json);
    }

    private static HttpResponse<String> send(String method, String url, String json, String... header) {
        return Http.send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .headers(header)
                .method(method, BodyPublishers.ofString(json))
                .build());
    }

    @SuppressWarnings("unchecked") // The names of a JSON object are strings.
    private static Map<String, Object> metadata(Map<String, Object> me) {
        return (Map<String, Object>) me.get("user_metadata");
    }

    private static void assertRefused(HttpResponse<String> response, String code, String pointer) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Http.json(response)).containsEntry("code", code);
        List<?> errors = (List<?>) Http.json(response).get("errors");
        assertThat(errors)
                .as(response.body())
                .anySatisfy(
                        error -> assertThat(((Map<?, ?>) error).get("pointer")).isEqualTo(pointer));
    }
}
