package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An authorization code is good once, for whom it was made, and nothing but a code leaves the authorization endpoint (RFC 9700 §2.1). */
@ExtendWith(RunningStack.class)
class CodeRulesIT {

    private StackSettings settings;
    private CodeFlow flow;

    @BeforeEach
    void begin(Running running) {
        settings = running.settings();
        flow = new CodeFlow(settings);
    }

    /** RFC 9700 §4.5, RFC 6749 §4.1.2: the API takes the access token for the five minutes that it lives; there is nobody to ask. */
    @Test
    @DisplayName("Given a code for the second time, then it is refused, and what it gave can no longer be refreshed")
    void replay() throws Exception {
        String code = flow.code();
        Tokens tokens = Tokens.of(Http.json(flow.redeem(code)));

        assertInvalidGrant(flow.redeem(code));

        assertInvalidGrant(refresh(tokens));
        assertThat(userinfo(tokens)).isEqualTo(401);
        long lifetime = tokens.accessClaims().getExpirationTime().getTime()
                - tokens.accessClaims().getIssueTime().getTime();
        assertThat(lifetime).isEqualTo(300_000);
    }

    @Test
    @DisplayName("Given one code eight times at once, then at most one is answered with tokens")
    void race() throws Exception {
        String code = flow.code();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> answers = threads.invokeAll(Stream.<Callable<Integer>>generate(
                            () -> () -> flow.redeem(code).statusCode())
                    .limit(8)
                    .toList());

            int redeemed = 0;
            for (Future<Integer> answer : answers) {
                redeemed += answer.get() == 200 ? 1 : 0;
            }
            assertThat(redeemed).isLessThanOrEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    /** RFC 9700 §2.1.1 and §4.8. */
    @ParameterizedTest
    @CsvSource({
        "code_challenge_method, plain",
        "code_challenge_method,",
        "code_challenge_method, s256",
        "code_challenge,",
        "code_challenge, too-short"
    })
    @DisplayName("Given no challenge by S256, then no code is given")
    void challenge(String parameter, String value) {
        HttpResponse<String> answer = flow.asking(parameter, value).firstAnswer();

        assertThat(location(answer))
                .startsWith(settings.apiUrl() + "/?")
                .contains("error=invalid_request")
                .doesNotContain("code=");
    }

    /** RFC 9700 §2.1.1 and §4.5.3: a stolen code is no use without the verifier, and the challenge is no verifier. */
    @ParameterizedTest
    @ValueSource(strings = {"", "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong", "challenge"})
    @DisplayName("Given no verifier or another one, then the code is not redeemed")
    void verifier(String verifier) throws Exception {
        String code = flow.code();
        flow.granting("code_verifier", verifier.equals("challenge") ? flow.challenge() : verifier);

        assertInvalidGrant(flow.redeem(code));
        assertInvalidGrant(flow.granting("code_verifier", null).redeem(code));
    }

    /** RFC 9700 §4.5.3.1: a code belongs to the client and the address that asked for it. */
    @ParameterizedTest
    @CsvSource({
        "client_id, desktop",
        "client_id, mobile",
        "redirect_uri, http://127.0.0.1/callback",
        "redirect_uri, http://localhost.evil.example/",
        "redirect_uri,"
    })
    @DisplayName("Given a code of another client or address, then it is not redeemed")
    void another(String parameter, String value) throws Exception {
        String code = flow.code();

        assertInvalidGrant(flow.granting(parameter, value).redeem(code));
    }

    /** RFC 9700 §2.1.2. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "id_token",
                "id_token token",
                "code token",
                "code id_token",
                "code id_token token",
                "none",
                ""
            })
    @DisplayName("Given another response type than code, then nothing is given")
    void implicit(String type) throws Exception {
        try (Browser browser = new Browser()) {
            flow.authorization(browser);

            String url = new CodeFlow(settings).asking("response_type", type).url();

            assertThat(browser.location(url)).doesNotContain("access_token=", "id_token=", "code=");
        }
    }

    /** RFC 9207 §2, RFC 9700 §4.4.2.1: against mix-up, an answer says whose it is, errors too. */
    @Test
    @DisplayName("Given any answer, then it names the issuer, and the metadata promises so")
    void issuer() throws Exception {
        try (Browser browser = new Browser()) {
            assertThat(flow.authorization(browser)).containsEntry("iss", settings.issuer());
        }
        assertThat(location(flow.asking("prompt", "none").firstAnswer()))
                .contains("error=login_required", "iss=" + Http.encode(settings.issuer()));
        assertThat(metadata())
                .containsEntry("issuer", settings.issuer())
                .containsEntry("authorization_response_iss_parameter_supported", true);
    }

    /** RFC 6749 §3.1, RFC 9700 §4.7: two parsers would each pick one. */
    @ParameterizedTest
    @ValueSource(strings = {"redirect_uri", "client_id", "state", "code_challenge", "response_type"})
    @DisplayName("Given a parameter twice, then no code is given")
    void twice(String parameter) throws Exception {
        try (Browser browser = new Browser()) {
            flow.authorization(browser);

            assertThat(browser.location(new CodeFlow(settings).url() + "&" + parameter + "=x"))
                    .doesNotContain("code=");
        }
    }

    /** RFC 9700 §4.2.4, §4.12 and §4.16. */
    @Test
    @DisplayName(
            "Given the hosted login, then no other site frames it, and neither code nor password leaves by referrer or redirect")
    void headers() throws Exception {
        HttpResponse<String> login = flow.firstAnswer();
        assertThat(login.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("frame-ancestors 'self'");
        assertThat(login.headers().firstValue("X-Frame-Options")).hasValue("SAMEORIGIN");
        assertThat(login.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(login.headers().firstValue("Cache-Control")).get().asString().contains("no-store");

        HttpResponse<String> tokens = flow.redeem(flow.code());
        assertThat(tokens.headers().firstValue("Cache-Control")).hasValue("no-store");

        HttpResponse<String> page = Http.send(HttpRequest.newBuilder(URI.create(settings.apiUrl() + "/?code=x"))
                .build());
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("frame-ancestors 'none'");
    }

    private HttpResponse<String> refresh(Tokens tokens) {
        return Http.postForm(
                settings.issuer() + "/protocol/openid-connect/token",
                Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", tokens.refresh()));
    }

    private int userinfo(Tokens tokens) {
        return new Api(settings.issuer(), tokens.access())
                .get("/protocol/openid-connect/userinfo")
                .statusCode();
    }

    private Map<String, Object> metadata() {
        return Http.json(
                Http.send(HttpRequest.newBuilder(URI.create(settings.issuer() + "/.well-known/openid-configuration"))
                        .build()));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static void assertInvalidGrant(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Http.json(answer)).containsEntry("error", "invalid_grant").doesNotContainKey("access_token");
    }
}
