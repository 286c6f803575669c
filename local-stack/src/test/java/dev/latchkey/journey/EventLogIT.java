package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Keycloak's log says of people: their pseudonym at most. */
@ExtendWith(RunningStack.class)
class EventLogIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private Running running;
    private long before;

    @BeforeEach
    void remember(Running running) throws Exception {
        this.running = running;
        before = Files.size(log());
    }

    private Path log() {
        return running.settings().state().resolve("logs").resolve("keycloak.log");
    }

    /** What was logged since the test began. */
    private String logged() throws Exception {
        byte[] all = Files.readAllBytes(log());
        return new String(all, (int) before, all.length - (int) before, StandardCharsets.UTF_8);
    }

    private List<String> events() throws Exception {
        return logged().lines()
                .filter(line -> line.contains("[org.keycloak.events]"))
                .toList();
    }

    @Test
    @DisplayName("Given a wrong password, then the event names alice by her actor_uid")
    void wrongPassword() throws Exception {
        Tokens alice = new SignIn(running.settings()).withPassword("alice", "alice");
        before = Files.size(log());

        fail("alice", "wrong-canary");

        assertThat(events())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "type=\"LOGIN_ERROR\"",
                                "realm=\"latchkey\"",
                                "client=\"web\"",
                                "error=\"invalid_user_credentials\"",
                                "actor_uid=\"" + alice.claim("actor_uid") + "\""));
        assertThat(logged())
                .doesNotContain("alice", "wrong-canary", alice.accessClaims().getSubject(), "127.0.0.1");
    }

    @Test
    @DisplayName("Given a user name that nobody has, then it is not repeated")
    void unknownUser() throws Exception {
        fail("name-canary@example.test", "password-canary");

        assertThat(events())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("type=\"LOGIN_ERROR\"", "error=\"user_not_found\"")
                        .doesNotContain("actor_uid"));
        assertThat(logged()).doesNotContain("canary");
    }

    @Test
    @DisplayName("Given a request with canaries everywhere, then the event has its ids and none of them")
    void everythingElse() throws Exception {
        String token = running.settings().keycloakUrl() + "/realms/latchkey/protocol/openid-connect/token";
        for (Map<String, String> form : List.of(
                Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", "token-canary"),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "web",
                        "code",
                        "code-canary",
                        "redirect_uri",
                        "http://x/canary"),
                Map.of("grant_type", "client_credentials", "client_id", "backend", "client_secret", "secret-canary"),
                Map.of("grant_type", "grant-canary", "client_id", "client-canary"),
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "web",
                        "username",
                        "name-canary",
                        "password",
                        "canary"))) {
            Http.postForm(
                    token,
                    form,
                    "X-Request-Id",
                    "request-1",
                    "traceparent",
                    "00-" + TRACE + "-00f067aa0ba902b7-01",
                    "X-Actor-Uid",
                    "actor-canary",
                    "Cookie",
                    "KEYCLOAK_IDENTITY=cookie-canary");
        }

        assertThat(events())
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line).contains("request_id=\"request-1\"", "trace_id=\"" + TRACE + "\""));
        assertThat(logged()).doesNotContain("canary");
    }

    @Test
    @DisplayName("Given an administrator who mistypes, then the log of realm master has no name either")
    void administrator() throws Exception {
        Http.postForm(
                running.settings().keycloakUrl() + "/realms/master/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        "admin-canary",
                        "password",
                        "canary"));

        assertThat(events())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("realm=\"master\"", "error=\"user_not_found\""));
        assertThat(logged()).doesNotContain("canary");
    }

    @Test
    @DisplayName("Given a sign-in through a provider that fails, then the event has nothing of the provider's")
    void broker() throws Exception {
        Browser browser = new Browser();
        new SignIn(running.settings(), "latchkey", browser).begin();
        browser.open(running.settings().keycloakUrl()
                + "/realms/latchkey/broker/google/endpoint?error=error-canary&error_description="
                + "mail-canary%40example.test&state=state-canary-" + UUID.randomUUID());

        assertThat(events()).isNotEmpty();
        assertThat(logged()).doesNotContain("canary");
    }

    private void fail(String username, String password) throws Exception {
        HtmlPage page = new SignIn(running.settings()).begin();
        SignIn.type(page, "username", username);
        SignIn.type(page, "password", password);
        SignIn.click(page, "kc-login");
    }
}
