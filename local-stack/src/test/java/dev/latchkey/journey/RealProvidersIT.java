package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The brokers exactly as they are declared for production, towards the real host names. */
@ExtendWith(RunningStack.class)
class RealProvidersIT {

    @BeforeAll
    static void applyRealm(Running running) {
        RealProviders.apply(running);
    }

    @Test
    @DisplayName(
            "Given Keycloak's google provider, then a sign-in passes PKCE on both legs and actor_uid is as specified")
    void google(Running running) throws Exception {
        Tokens tokens = signIn(running, "google", Person.ADA);

        assertThat(running.upstreams().visited())
                .as("where Keycloak went, the keys for Google's signature included")
                .contains("accounts.google.com", "oauth2.googleapis.com", "www.googleapis.com");
        assertThat(tokens.claim("provider")).isEqualTo("google");
        assertThat(tokens.claim("actor_uid")).isEqualTo(actorUid(running, "google", Person.ADA.googleSubject()));
    }

    @Test
    @DisplayName(
            "Given Keycloak's github provider, then a sign-in passes PKCE on both legs and actor_uid is as specified")
    void gitHub(Running running) throws Exception {
        Tokens tokens = signIn(running, "github", Person.GRACE);

        assertThat(running.upstreams().visited()).contains("github.com", "api.github.com");
        assertThat(tokens.claim("provider")).isEqualTo("github");
        assertThat(tokens.claim("actor_uid"))
                .isEqualTo(actorUid(running, "github", Long.toString(Person.GRACE.gitHubId())));
    }

    @Test
    @DisplayName(
            "Given kc_idp_hint, prompt=select_account and login_hint, then Google gets both and GitHub the prompt, with no stop at our page")
    void hints(Running running) throws Exception {
        assertThat(askedStraight(running, "google"))
                .containsEntry("prompt", "select_account")
                .containsEntry("login_hint", "ada@example.test");
        assertThat(askedStraight(running, "github"))
                .containsEntry("prompt", "select_account")
                .doesNotContainKey("login_hint");
    }

    /** What the provider is asked, at its own address. */
    private static Map<String, String> askedStraight(Running running, String alias) throws Exception {
        try (Browser browser = RealProviders.browser(running)) {
            String address = AuthorizationUrl.of(
                    running.settings().keycloakUrl() + "/realms/" + RunningStack.REAL_PROVIDERS_REALM,
                    "web",
                    running.settings().apiUrl() + "/",
                    Map.of("kc_idp_hint", alias, "prompt", "select_account", "login_hint", "ada@example.test"));
            URL asked = browser.open(address).getUrl();
            assertThat(asked.getHost()).isIn("accounts.google.com", "github.com");
            return SignIn.query(asked.getQuery());
        }
    }

    @Test
    @DisplayName("Given a token of this other realm, of the same server and audience, then the API refuses it")
    void otherRealm(Running running) throws Exception {
        Tokens tokens = signIn(running, "google", Person.ADA);

        assertThat(tokens.accessClaims().getAudience()).containsExactly("resource-api");
        assertThat(new Api(running.settings().apiUrl(), tokens.access())
                        .get("/v1/works")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("Given an id token that Google did not sign, then nobody is signed in")
    void forgedSignature(Running running) throws Exception {
        running.upstreams().forge();
        try {
            assertThatThrownBy(() -> signIn(running, "google", Person.ADA))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("cannot be accepted, so you are not signed in");
        } finally {
            running.upstreams().behave();
        }
        assertThat(signIn(running, "google", Person.ADA).claim("provider")).isEqualTo("google");
    }

    private static Tokens signIn(Running running, String alias, Person person) throws Exception {
        try (Browser browser = RealProviders.browser(running)) {
            return RealProviders.signIn(running, browser).with(alias, person);
        }
    }

    /** By the words of docs/reference/claims.md, not by our code. */
    private static String actorUid(Running running, String provider, String subject) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = running.settings().secrets().actorUidSecret().getBytes(StandardCharsets.UTF_8);
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] digest = mac.doFinal((provider + ":" + subject).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
