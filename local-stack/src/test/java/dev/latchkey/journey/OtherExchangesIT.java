package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.UserRepresentation;

/** Keycloak's own ways to take a token of Google's or GitHub's: one is on for {@code backend}, the other ones are off for everybody. */
@ExtendWith(RunningStack.class)
class OtherExchangesIT {

    private static final String SECRET = "any";

    private Running running;
    private ProviderTokens app;
    private RealmResource realm;

    @BeforeEach
    void applyRealm(Running running) {
        this.running = running;
        RealProviders.apply(running);
        app = new ProviderTokens(running);
        realm = RealProviders.admin(running);
    }

    /** RFC 7523. */
    @Nested
    class JwtAuthorizationGrant {

        @Test
        @DisplayName(
                "Given somebody whose Google account is linked, then backend gets a token for them, and no session")
        void linked() throws Exception {
            Person person = app.newcomer(true);
            Tokens hosted = hosted(person);

            Map<String, Object> answer = Http.json(app.send(grant(app.googleToken(person))));

            assertThat(answer).containsKey("access_token").doesNotContainKey("refresh_token");
            Tokens tokens = Tokens.of(answer);
            assertThat(tokens.claim("sub")).isEqualTo(hosted.claim("sub"));
            assertThat(tokens.claim("owner_id")).isEqualTo(hosted.claim("owner_id"));
            assertThat(tokens.claim("actor_uid")).isEqualTo(hosted.claim("actor_uid"));
            assertThat(tokens.claim("azp")).isEqualTo("backend");
            assertThat(tokens.accessClaims().getClaim("sid")).isNull();
            assertThat(tokens.accessClaims().getAudience()).containsExactly("resource-api");
        }

        @Test
        @DisplayName(
                "Given the same assertion again, then Keycloak 26.7 takes it until it expires: its google type allows reuse")
        void replay() throws Exception {
            Person person = app.newcomer(true);
            hosted(person);
            String assertion = app.googleToken(person);

            assertThat(app.send(grant(assertion)).statusCode()).isEqualTo(200);
            assertThat(app.send(grant(assertion)).statusCode()).isEqualTo(200);
        }

        @Test
        @DisplayName("Given nobody's, another app's, an expired or a forged assertion, then no token")
        void refused() throws Exception {
            Person person = app.newcomer(true);
            int accounts = realm.users().count();
            assertRefused(grant(app.googleToken(person)));
            assertThat(realm.users().count()).as("accounts").isEqualTo(accounts);

            Tokens hosted = hosted(person);
            assertRefused(grant(app.googleToken(person, claims -> claims.audience("somebody-elses-app"))));
            assertRefused(grant(app.googleToken(person, claims -> claims.audience(ProviderTokens.ANDROID))));
            assertRefused(grant(app.googleToken(person, claims -> claims.issuer("https://example.test"))));
            assertRefused(grant(app.googleToken(person, claims -> claims.expirationTime(new java.util.Date(1)))));
            running.upstreams().forge();
            assertRefused(grant(app.googleToken(person)));
            running.upstreams().behave();
            UserRepresentation user = realm.users().get(hosted.claim("sub")).toRepresentation();
            user.setEnabled(false);
            realm.users().get(user.getId()).update(user);
            assertRefused(grant(app.googleToken(person)));
        }

        @Test
        @DisplayName("Given another client, or no secret, then no token")
        void client() throws Exception {
            Person person = app.newcomer(true);
            hosted(person);
            for (String client : List.of("web", "desktop", "mobile", "resource-api")) {
                Map<String, String> form = grant(app.googleToken(person));
                form.put("client_id", client);
                assertRefused(form);
            }
            Map<String, String> form = grant(app.googleToken(person));
            form.put("client_secret", "wrong");
            assertRefused(form);
        }

        private Map<String, String> grant(String assertion) {
            return new HashMap<>(Map.of(
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:jwt-bearer",
                    "client_id",
                    "backend",
                    "client_secret",
                    SECRET,
                    "assertion",
                    assertion));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "web,google",
        "web,github",
        "desktop,google",
        "desktop,github",
        "mobile,google",
        "mobile,github",
        "backend,google",
        "backend,github",
        "resource-api,google",
        "resource-api,github"
    })
    @DisplayName("Given legacy external exchange, then it is off for every client")
    void external(String client, String provider) throws Exception {
        Person person = app.newcomer(true);
        int accounts = realm.users().count();
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id", client,
                "client_secret", SECRET,
                "subject_issuer", provider));
        for (String type : List.of("id_token", "access_token", "jwt")) {
            form.put("subject_token_type", "urn:ietf:params:oauth:token-type:" + type);
            form.put("subject_token", provider.equals("google") ? app.googleToken(person) : app.gitHubToken(person));
            assertRefused(form);
        }
        assertThat(realm.users().count()).as("accounts").isEqualTo(accounts);
    }

    private void assertRefused(Map<String, String> form) {
        HttpResponse<String> answer = app.send(form);
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401, 403);
        assertThat(Http.json(answer)).containsKey("error").doesNotContainKey("access_token");
    }

    private Tokens hosted(Person person) throws Exception {
        try (Browser browser = RealProviders.browser(running)) {
            return RealProviders.signIn(running, browser).with("google", person);
        }
    }
}
