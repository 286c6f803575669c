package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.sun.net.httpserver.HttpHandler;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a provider does: a page that a person understands, one line in the log without anybody's identity, and no user. */
@ExtendWith(RunningStack.class)
class UpstreamTroubleIT {

    private static final String UNAVAILABLE = "does not answer at the moment";
    private static final String UNUSABLE = "cannot be accepted";

    /** Stands for whatever a provider may say about somebody. */
    private static final String IDENTITY = "somebody@example.test";

    private static final String GOOGLE_TOKEN = "oauth2.googleapis.com/token";
    private static final String GOOGLE_USER = "openidconnect.googleapis.com/v1/userinfo";
    private static final String GITHUB_TOKEN = "github.com/login/oauth/access_token";
    private static final String GITHUB_USER = "api.github.com/user";
    private static final String GITHUB_EMAILS = "api.github.com/user/emails";

    private Running running;
    private BrokeredPeople people;
    private Browser browser;
    private SignIn signIn;
    private Person person;
    private int usersBefore;
    private long logBefore;

    @BeforeAll
    static void applyRealm(Running running) {
        RealProviders.apply(running);
    }

    @BeforeEach
    void remember(Running running) throws Exception {
        this.running = running;
        people = new BrokeredPeople(running);
        browser = RealProviders.browser(running);
        signIn = RealProviders.signIn(running, browser);
        person = people.verified();
        usersBefore = people.count();
        logBefore = Files.size(log());
    }

    @AfterEach
    void behave() {
        running.upstreams().behave();
        browser.close();
    }

    static Stream<Arguments> answers() {
        HttpHandler broken =
                Answers.json("{\"access_token\": \"" + IDENTITY + "\", \"sub\": \"" + IDENTITY + "\" oops");
        HttpHandler failing = Answers.status(500, "{\"error\": \"" + IDENTITY + "\"}");
        HttpHandler endless =
                Answers.json("{\"access_token\": \"" + IDENTITY + "\", \"sub\": \"" + "x".repeat(5_000_000) + "\"}");
        HttpHandler html = Answers.status(200, "<html>" + IDENTITY + "</html>");
        HttpHandler hangingUp = exchange -> exchange.close();
        return Stream.of(
                        Map.entry("google", List.of(GOOGLE_TOKEN, GOOGLE_USER)),
                        Map.entry("github", List.of(GITHUB_TOKEN, GITHUB_USER, GITHUB_EMAILS)))
                .flatMap(provider -> provider.getValue().stream()
                        .flatMap(address -> Stream.of(
                                Arguments.of(provider.getKey(), address, "malformed JSON", broken),
                                Arguments.of(provider.getKey(), address, "status 500", failing),
                                Arguments.of(provider.getKey(), address, "5 MB", endless),
                                Arguments.of(provider.getKey(), address, "HTML", html),
                                Arguments.of(provider.getKey(), address, "nothing", hangingUp))));
    }

    @ParameterizedTest(name = "Given {0} answers at {1} with {2}")
    @MethodSource("answers")
    void answer(String alias, String address, String what, HttpHandler handler) throws Exception {
        running.upstreams().answer(address, handler);

        Page page = signIn.through(alias, person);

        assertTrouble(page, "");
    }

    @Test
    @DisplayName("Given a provider refuses the code with GitHub's status 200, then it ends as well")
    void refusedCode() throws Exception {
        running.upstreams()
                .answer(
                        GITHUB_TOKEN,
                        Answers.json("{\"error\": \"bad_verification_code\", \"error_uri\": \"" + IDENTITY + "\"}"));

        assertTrouble(signIn.through("github", person), UNUSABLE);
    }

    @Test
    @DisplayName("Given a provider that does not answer, then Keycloak waits for 5 seconds and not for ever")
    void slow() throws Exception {
        running.upstreams().answer(GOOGLE_TOKEN, exchange -> {
            try (exchange) {
                // Until Keycloak hangs up.
                exchange.getRequestBody().readAllBytes();
                TimeUnit.SECONDS.sleep(30);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertTrouble(signIn.through("google", person), UNAVAILABLE);
    }

    static Stream<Arguments> idTokens() {
        return Stream.of(
                twist("another nonce", claims -> Twist.with(claims, "nonce", "of-somebody-else")),
                twist("no nonce", claims -> Twist.without(claims, "nonce")),
                twist("another issuer", claims -> Twist.with(claims, "iss", "https://accounts.google.com." + IDENTITY)),
                twist("no issuer", claims -> Twist.without(claims, "iss")),
                twist("another audience", claims -> Twist.with(claims, "aud", "app-of-somebody-else")),
                twist("another authorized party", claims -> Twist.with(claims, "azp", "app-of-somebody-else")),
                twist("another subject than userinfo", claims -> Twist.with(claims, "sub", IDENTITY)),
                twist("an expiry in the past", claims -> Twist.with(claims, "exp", new Date(1000))),
                twist("expiry 0", claims -> Twist.with(claims, "exp", new Date(0))),
                twist("no expiry", claims -> Twist.without(claims, "exp")));
    }

    private static Arguments twist(String what, UnaryOperator<JWTClaimsSet> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "Given an ID token with {0}")
    @MethodSource("idTokens")
    void idToken(String what, UnaryOperator<JWTClaimsSet> change) throws Exception {
        running.upstreams().twist(change);

        assertTrouble(signIn.through("google", person), UNUSABLE);
    }

    @Test
    @DisplayName(
            "Given an ID token that Google did not sign, then it is refused, even with signature validation switched off")
    void badSignature() throws Exception {
        var broker = people.realm().identityProviders().get("google");
        var switchedOff = broker.toRepresentation();
        switchedOff.getConfig().put("validateSignature", "false");
        broker.update(switchedOff);
        try {
            running.upstreams().forge();
            assertTrouble(signIn.through("google", person), UNUSABLE);
        } finally {
            switchedOff.getConfig().put("validateSignature", "true");
            broker.update(switchedOff);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "github"})
    @DisplayName("Given an administrator disables a provider while somebody is there, then they are not signed in")
    void disabledMeanwhile(String alias) throws Exception {
        var broker = people.realm().identityProviders().get(alias);
        var switchedOff = broker.toRepresentation();
        HtmlPage upstream = (HtmlPage) SignIn.click(signIn.begin(), "social-" + alias);
        switchedOff.setEnabled(false);
        broker.update(switchedOff);
        try {
            HtmlPage page = (HtmlPage) SignIn.click(upstream, "person-" + person.login());

            assertThat(page.getUrl().toString()).startsWith(running.settings().keycloakUrl());
            assertThat(page.asNormalizedText()).containsAnyOf("We are sorry...", UNUSABLE);
            assertThat(people.count()).isEqualTo(usersBefore);
        } finally {
            switchedOff.setEnabled(true);
            broker.update(switchedOff);
        }
    }

    @Test
    @DisplayName("Given an ID token without a signature (RFC 8725 §3.1), then it is refused")
    void unsigned() throws Exception {
        String token = new PlainJWT(new JWTClaimsSet.Builder()
                        .issuer("https://accounts.google.com")
                        .audience("real-google")
                        .subject(person.googleSubject())
                        .expirationTime(new Date(System.currentTimeMillis() + 60_000))
                        .build())
                .serialize();
        running.upstreams()
                .answer(GOOGLE_TOKEN, Answers.json("{\"access_token\": \"a\", \"id_token\": \"" + token + "\"}"));

        assertTrouble(signIn.through("google", person), UNUSABLE);
    }

    @Test
    @DisplayName("Given Google signs with a new key, then the next sign-in works")
    void keyRotation() throws Exception {
        String first = subject(signIn.finish(signIn.through("google", person)));

        running.upstreams().rotateKeys();

        try (Browser another = RealProviders.browser(running)) {
            SignIn next = RealProviders.signIn(running, another);
            assertThat(subject(next.finish(next.through("google", person)))).isEqualTo(first);
        }
    }

    @Test
    @DisplayName("Given the person denies consent, then the sign-in page says so and offers all ways again")
    void denied() throws Exception {
        for (String alias : List.of("google", "github")) {
            HtmlPage page = (HtmlPage) comeBack(alias, "error=access_denied&error_description=" + IDENTITY);
            assertThat(page.asNormalizedText()).contains("Access denied when authenticating with");
            assertThat(page.getElementById("kc-login")).isNotNull();
        }
        assertThat(people.count()).isEqualTo(usersBefore);
        assertThat(logged()).doesNotContain(IDENTITY);
    }

    @Test
    @DisplayName("Given the provider comes back with another error, then the sign-in page says so")
    void otherError() throws Exception {
        assertTrouble(comeBack("google", "error=server_error&error_description=" + IDENTITY), UNAVAILABLE);
        logBefore = Files.size(log());
        assertTrouble(comeBack("github", "nothing=else"), UNAVAILABLE);
    }

    @Test
    @DisplayName("Given a state that is not the sign-in's, or none, then nobody is signed in")
    void wrongState() throws Exception {
        for (String query : List.of("code=c&state=wrong", "code=c&state=a.b.c", "code=c", "code=c&state=")) {
            HtmlPage page = (HtmlPage) browser.open(endpoint("google") + "?" + query);
            assertThat(page.getWebResponse().getStatusCode()).as(query).isEqualTo(400);
            assertThat(page.asNormalizedText()).as(query).contains("We are sorry...");
        }
        assertThat(people.count()).isEqualTo(usersBefore);
        assertThat(logged()).doesNotContain("\tat ");
    }

    /** As the provider sends the person back to Keycloak, with something else than a code. */
    private Page comeBack(String alias, String query) throws Exception {
        HtmlPage chooser = (HtmlPage) SignIn.click(signIn.begin(), "social-" + alias);
        String state = Arrays.stream(chooser.getUrl().getQuery().split("&"))
                .filter(pair -> pair.startsWith("state="))
                .findFirst()
                .orElseThrow();
        return browser.open(endpoint(alias) + "?" + state + "&" + query);
    }

    private String endpoint(String alias) {
        return running.settings().keycloakUrl() + "/realms/" + RunningStack.REAL_PROVIDERS_REALM + "/broker/" + alias
                + "/endpoint";
    }

    private void assertTrouble(Page page, String words) throws IOException {
        HtmlPage html = (HtmlPage) page;
        assertThat(html.asNormalizedText()).containsAnyOf(UNAVAILABLE, UNUSABLE).contains(words);
        assertThat(html.getElementById("kc-login")).as("another way to sign in").isNotNull();
        assertThat(html.getElementById("social-google")).isNotNull();
        assertThat(people.count()).isEqualTo(usersBefore);
        await().untilAsserted(() -> assertThat(logged()).contains("IDENTITY_PROVIDER_LOGIN_ERROR"));
        assertThat(logged())
                .doesNotContain("\tat ")
                .doesNotContain(
                        IDENTITY,
                        person.email(),
                        person.login(),
                        person.googleSubject(),
                        Long.toString(person.gitHubId()));
        assertThat(logged().lines().filter(line -> !line.contains(" INFO ") && !line.contains("PublicKeyStorage")))
                .singleElement()
                .asString()
                .contains("reason=");
    }

    private static String subject(Tokens tokens) throws Exception {
        return tokens.accessClaims().getSubject();
    }

    private Path log() {
        return running.settings().state().resolve("logs").resolve("keycloak.log");
    }

    /** What Keycloak has written since. */
    private String logged() throws IOException {
        byte[] all = Files.readAllBytes(log());
        return new String(all, (int) logBefore, all.length - (int) logBefore, StandardCharsets.UTF_8);
    }
}
