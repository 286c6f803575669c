package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A refresh token is good once; who uses one for the second time, thief or victim, ends all that came of that sign-in (RFC 9700 §4.14.2). */
@ExtendWith(RunningStack.class)
class RefreshRulesIT {

    private StackSettings settings;
    private Tokens tokens;

    @BeforeEach
    void signIn(Running running) throws Exception {
        settings = running.settings();
        tokens = new CodeFlow(settings).tokens();
    }

    @Test
    @DisplayName("Given a chain of refreshes, then each gives another refresh token")
    void rotation() {
        Tokens second = accepted(refresh(tokens.refresh()));
        Tokens third = accepted(refresh(second.refresh()));

        assertThat(List.of(tokens.refresh(), second.refresh(), third.refresh())).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("Given a thief who refreshes first, then the victim's use ends the thief's tokens too")
    void reuse() {
        Tokens thief = accepted(refresh(tokens.refresh()));

        assertInvalidGrant(refresh(tokens.refresh()));

        assertInvalidGrant(refresh(thief.refresh()));
        assertThat(new Api(settings.issuer(), thief.access())
                        .get("/protocol/openid-connect/userinfo")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("Given a token from before the last, then its use ends the last one's chain")
    void olderReuse() throws Exception {
        // Keycloak 26.7 tells older tokens by their iat, in seconds; within one it notices at the next use only.
        Thread.sleep(1_000);
        Tokens second = accepted(refresh(tokens.refresh()));
        Tokens third = accepted(refresh(second.refresh()));

        assertInvalidGrant(refresh(tokens.refresh()));

        assertInvalidGrant(refresh(third.refresh()));
    }

    /** Whoever wins: when every token of the family has been used once more, none is left that works. */
    @RepeatedTest(3)
    @DisplayName(
            "Given two refreshes at once, then the family does not live on twice, and is dead after the next use of both")
    void race() throws Exception {
        List<String> alive = new ArrayList<>(refreshAtOnce(tokens.refresh(), 2));
        assertThat(alive).hasSizeLessThanOrEqualTo(2);
        // As above.
        Thread.sleep(1_000);

        List<String> next = new ArrayList<>();
        for (String token : alive) {
            HttpResponse<String> answer = refresh(token);
            if (answer.statusCode() == 200) {
                next.add(accepted(answer).refresh());
            }
        }
        assertThat(next).hasSizeLessThanOrEqualTo(1);
        assertInvalidGrant(refresh(tokens.refresh()));
        for (String token : next) {
            assertInvalidGrant(refresh(token));
        }
    }

    @Test
    @DisplayName("Given a family that died, then the sign-in cookie gives new tokens without a page")
    void recovery() throws Exception {
        try (Browser browser = new Browser()) {
            CodeFlow flow = new CodeFlow(settings);
            Tokens lost =
                    Tokens.of(Http.json(flow.redeem(flow.authorization(browser).get("code"))));
            accepted(refresh(lost.refresh()));
            assertInvalidGrant(refresh(lost.refresh()));

            CodeFlow silent = new CodeFlow(settings).asking("prompt", "none");
            Map<String, String> answer = silent.authorization(browser);

            Tokens tokens = accepted(silent.redeem(answer.get("code")));
            assertThat(tokens.claim("owner_id")).isEqualTo(lost.claim("owner_id"));
            accepted(refresh(tokens.refresh()));
        }
    }

    /** RFC 9700 §2.2.2, RFC 6749 §10.4. */
    @Test
    @DisplayName("Given another client, then it cannot use the refresh token, and access and ID tokens are none")
    void another() {
        for (String client : List.of("desktop", "mobile")) {
            assertInvalidGrant(refresh(tokens.refresh(), Map.of("client_id", client)));
        }
        assertInvalidGrant(refresh(tokens.access()));
        assertInvalidGrant(refresh(tokens.id()));
        accepted(refresh(tokens.refresh()));
    }

    /** RFC 6749 §6. */
    @Test
    @DisplayName("Given a wider scope, then a refresh does not give it")
    void wider() {
        HttpResponse<String> answer = refresh(tokens.refresh(), Map.of("scope", "openid profile email offline_access"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Http.json(answer)).containsEntry("error", "invalid_scope");
    }

    /** RFC 9700 §4.14.2: tokens end with the session. */
    @Test
    @DisplayName("Given a logout or a revocation, then the refresh token is dead")
    void ended() throws Exception {
        String logout = settings.issuer() + "/protocol/openid-connect/logout";
        assertThat(Http.postForm(logout, Map.of("client_id", "web", "refresh_token", tokens.refresh()))
                        .statusCode())
                .isEqualTo(204);
        assertInvalidGrant(refresh(tokens.refresh()));

        Tokens others = new CodeFlow(settings).tokens();
        String revoke = settings.issuer() + "/protocol/openid-connect/revoke";
        assertThat(Http.postForm(revoke, Map.of("client_id", "web", "token", others.refresh()))
                        .statusCode())
                .isEqualTo(200);
        assertInvalidGrant(refresh(others.refresh()));
    }

    private List<String> refreshAtOnce(String token, int times) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<String> given = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : threads.invokeAll(
                    Collections.<Callable<HttpResponse<String>>>nCopies(times, () -> refresh(token)))) {
                if (answer.get().statusCode() == 200) {
                    given.add(Tokens.of(Http.json(answer.get())).refresh());
                }
            }
            return given;
        } finally {
            threads.shutdown();
        }
    }

    private HttpResponse<String> refresh(String token) {
        return refresh(token, Map.of());
    }

    private HttpResponse<String> refresh(String token, Map<String, String> changes) {
        Map<String, String> form =
                new LinkedHashMap<>(Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", token));
        form.putAll(changes);
        return Http.postForm(settings.issuer() + "/protocol/openid-connect/token", form);
    }

    private static Tokens accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Tokens.of(Http.json(answer));
    }

    private static void assertInvalidGrant(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Http.json(answer)).containsEntry("error", "invalid_grant").doesNotContainKey("access_token");
    }
}
