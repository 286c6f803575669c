package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.latchkey.localstack.social.Person;
import dev.latchkey.localstack.social.RealUpstreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trouble at the providers, and what the log says of it all. */
class ProviderTokenUpstreamIT extends ProviderTokenRefusals {

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("an error of the server", handler(500, "{}")),
                Arguments.of("too many requests", handler(429, "{}")),
                Arguments.of("our secret is refused", handler(401, "{\"message\":\"Bad credentials\"}")),
                Arguments.of("no JSON", handler(200, "<html>")),
                Arguments.of("five megabytes", handler(200, "{\"pad\":\"" + "A".repeat(5 << 20) + "\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    @DisplayName("Given trouble at the provider, then the app is told to try again later")
    void unavailable(String what, HttpHandler handler) {
        String token = app.gitHubToken(app.newcomer(true));
        running.upstreams().answer(checkAddress(), handler);

        assertRefused(ProviderTokens.gitHub(token), 503, "temporarily_unavailable", "later");
    }

    @Test
    @DisplayName(
            "Given trouble at the provider, then an answer about another app, without a person, or about an expired token is no confirmation")
    void otherApp() {
        String token = app.gitHubToken(app.newcomer(true));
        String ours = RealUpstreams.GITHUB_CLIENT.id();
        for (String answer : List.of(
                "{\"app\":{\"client_id\":\"other\"},\"user\":{\"id\":1}}",
                "{\"user\":{\"id\":1}}",
                "{\"app\":{\"client_id\":\"%s\"},\"user\":null}".formatted(ours),
                "{\"app\":{\"client_id\":\"%s\"},\"user\":{\"id\":\"login\"}}".formatted(ours),
                "{\"app\":{\"client_id\":\"%s\"},\"user\":{\"id\":1},\"expires_at\":\"2020-01-01T00:00:00Z\"}"
                        .formatted(ours),
                "[]",
                "null")) {
            running.upstreams().answer(checkAddress(), handler(200, answer));
            assertRefused(ProviderTokens.gitHub(token), 400, "invalid_grant", "issued to this application");
        }
    }

    @Test
    @DisplayName("Given trouble at the provider, then a profile of somebody else than GitHub confirmed signs nobody in")
    void otherPerson() {
        String token = app.gitHubToken(app.newcomer(true));
        running.upstreams()
                .answer(
                        checkAddress(),
                        handler(
                                200,
                                "{\"app\":{\"client_id\":\"%s\"},\"user\":{\"id\":1}}"
                                        .formatted(RealUpstreams.GITHUB_CLIENT.id())));

        assertRefused(ProviderTokens.gitHub(token), 503, "temporarily_unavailable", "later");
    }

    @Test
    @DisplayName("Given trouble at the provider, then Google's keys that cannot be fetched are no fault of the token")
    void keys() {
        realm.clearKeysCache();
        running.upstreams().answer("www.googleapis.com/oauth2/v3/certs", handler(500, "{}"));
        Person person = app.newcomer(true);

        assertRefused(ProviderTokens.google(app.googleToken(person)), 503, "temporarily_unavailable", "later");
        running.upstreams().behave();
        app.accepted(ProviderTokens.google(app.googleToken(person)));
    }

    private static String checkAddress() {
        return "api.github.com/applications/" + RealUpstreams.GITHUB_CLIENT.id() + "/token";
    }

    private static HttpHandler handler(int status, String body) {
        return exchange -> answer(exchange, status, body);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Test
    @DisplayName("Given refusals and sign-ins, then Keycloak's log names nobody and no token")
    void log() throws Exception {
        Person person = app.newcomer(true);
        String token = app.googleToken(person);
        String gitHubToken = app.gitHubToken(person);
        app.accepted(ProviderTokens.google(token));
        accounts = realm.users().count();
        assertRefused(ProviderTokens.google(token), 400, "invalid_grant", "used before");
        assertRefused(ProviderTokens.gitHub(gitHubToken), 400, "interaction_required", "kc_idp_hint=github");
        running.upstreams().answer("api.github.com/user", exchange -> exchange.close());
        assertRefused(ProviderTokens.gitHub(gitHubToken), 503, "temporarily_unavailable", "later");

        String log = Files.readString(running.settings().state().resolve("logs").resolve("keycloak.log"));
        assertThat(log)
                .doesNotContain(token.split("\\.")[2])
                .doesNotContain(gitHubToken)
                .doesNotContain(person.googleSubject())
                .doesNotContain(person.email());
    }
}
