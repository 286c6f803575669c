package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.net.http.HttpResponse;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;

/** What somebody who is signed in can do to the links of their account, and what others can do to the session behind one. */
@ExtendWith(RunningStack.class)
class AccountLinksIT {

    private Running running;
    private BrokeredPeople people;
    private Browser browser;
    private AccountConsole console;

    @BeforeAll
    static void applyRealm(Running running) {
        RealProviders.apply(running);
    }

    @BeforeEach
    void openBrowser(Running running) throws Exception {
        this.running = running;
        people = new BrokeredPeople(running);
        browser = RealProviders.browser(running);
        console = new AccountConsole(running, browser);
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    @DisplayName("Given an account with a password, then its owner links a provider in the account console")
    void link() throws Exception {
        Person person = people.verified();
        String account = people.account(person.login(), "other-" + person.email(), true);

        linkGoogle(person.login(), person);

        assertThat(people.links(account)).containsExactly("google");
    }

    @Test
    @DisplayName("Given an identity that belongs to somebody else, then it cannot be linked")
    void identityOfAnother() throws Exception {
        Person person = people.verified();
        String owner = signUp(person);
        String account = people.account("thief-" + person.login(), "thief-" + person.email(), true);
        browser.close();
        browser = RealProviders.browser(running);
        console = new AccountConsole(running, browser);

        Page page = linkGoogle("thief-" + person.login(), person);

        assertThat(((HtmlPage) page).asNormalizedText()).contains("already linked to another user");
        assertThat(people.links(account)).isEmpty();
        assertThat(people.links(owner)).containsExactly("google");
    }

    @Test
    @DisplayName("Given one linked provider and neither password nor passkey, then it cannot be unlinked")
    void lastWayIn() throws Exception {
        Person person = people.verified();
        String account = signUp(person);
        String token = console.token(console.open(null));

        HttpResponse<String> refused = console.call("DELETE", "linked-accounts/google", token);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(people.links(account)).containsExactly("google");
        assertThat(console.call("GET", "linked-accounts?linked=true", token).body())
                .contains("\"providerAlias\":\"google\"");
    }

    @Test
    @DisplayName(
            "Given two providers and no password, then of two requests at once that unlink one each, one is refused")
    void lastTwoAtOnce() throws Exception {
        Person person = people.verified();
        String account = signUp(person);
        FederatedIdentityRepresentation second = new FederatedIdentityRepresentation();
        second.setIdentityProvider("github");
        second.setUserId(Long.toString(person.gitHubId()));
        second.setUserName(person.login());
        people.realm()
                .users()
                .get(account)
                .addFederatedIdentity("github", second)
                .close();
        String token = console.token(console.open(null));

        List<CompletableFuture<HttpResponse<String>>> answers;
        try (HeldRows links = new HeldRows(
                running.settings(),
                "select from federated_identity where user_id = '%s' for update".formatted(account))) {
            answers = Stream.of("google", "github")
                    .map(alias -> CompletableFuture.supplyAsync(
                            () -> console.call("DELETE", "linked-accounts/" + alias, token)))
                    .toList();
            // Both have counted by then, and want to remove.
            await().until(() -> links.waiting() == 2);
        }

        assertThat(answers).extracting(answer -> answer.get().statusCode()).containsExactlyInAnyOrder(204, 400);
        assertThat(answers)
                .extracting(answer -> answer.get().body())
                .anySatisfy(body -> assertThat(body).contains("last federated identity"));
        assertThat(people.links(account)).hasSize(1);
        console.call("DELETE", "linked-accounts/" + people.links(account).get(0), token);
        assertThat(people.links(account)).hasSize(1);
    }

    @Test
    @DisplayName("Given an administrator, then they can unlink the last provider, as ever")
    void administrator() throws Exception {
        String account = signUp(people.verified());

        people.realm().users().get(account).removeFederatedIdentity("google");

        assertThat(people.links(account)).isEmpty();
    }

    @Test
    @DisplayName("Given a provider and a password, then either can go but not both: the password never goes")
    void password() throws Exception {
        Person person = people.verified();
        String account = people.account(person.login(), person.email(), true);
        linkGoogle(person.login(), person);
        String token = console.token(console.open(null));
        String password = people.realm().users().get(account).credentials().stream()
                .filter(credential -> credential.getType().equals(CredentialRepresentation.PASSWORD))
                .findFirst()
                .orElseThrow()
                .getId();

        assertThat(console.call("DELETE", "linked-accounts/google", token).statusCode())
                .isEqualTo(204);
        assertThat(console.call("DELETE", "credentials/" + password, token).statusCode())
                .isBetween(400, 499);
        console.open("delete_credential:" + password);
        assertThat(people.realm().users().get(account).credentials())
                .extracting(CredentialRepresentation::getId)
                .contains(password);
    }

    @Test
    @DisplayName(
            "Given a logout token that Google did not sign, then the session lives on, even with signature validation switched off (CVE-2026-18569)")
    void unsignedLogout() throws Exception {
        Person person = people.verified();
        SignIn signIn = RealProviders.signIn(running, browser);
        Tokens tokens = signIn.finish(signIn.through("google", person));
        String account = tokens.accessClaims().getSubject();
        var broker = people.realm().identityProviders().get("google");
        var switchedOff = broker.toRepresentation();
        switchedOff.getConfig().put("validateSignature", "false");
        broker.update(switchedOff);
        try {
            HttpResponse<String> answer = Http.postForm(
                    running.settings().keycloakUrl() + "/realms/" + RunningStack.REAL_PROVIDERS_REALM
                            + "/protocol/openid-connect/logout/backchannel-logout",
                    Map.of("logout_token", unsignedLogoutToken(person)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        } finally {
            switchedOff.getConfig().put("validateSignature", "true");
            broker.update(switchedOff);
        }
        assertThat(people.realm().users().get(account).getUserSessions()).hasSize(1);
    }

    private static String unsignedLogoutToken(Person person) {
        return new PlainJWT(
                        new PlainHeader.Builder()
                                .type(new JOSEObjectType("logout+jwt"))
                                .build(),
                        new JWTClaimsSet.Builder()
                                .issuer("https://accounts.google.com")
                                .audience("real-google")
                                .subject(person.googleSubject())
                                .issueTime(new Date())
                                .expirationTime(new Date(System.currentTimeMillis() + 60_000))
                                .jwtID(UUID.randomUUID().toString())
                                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                                .build())
                .serialize();
    }

    @Test
    @DisplayName(
            "Given the console's flow editor, then our step is there with a label and help, and in the flow of both brokers")
    void step() {
        assertThat(people.realm().flows().getAuthenticatorProviders())
                .filteredOn(step -> "latchkey-first-broker-login".equals(step.get("id")))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.get("displayName")).isEqualTo("Latchkey: new account or proof");
                    assertThat(String.valueOf(step.get("description"))).contains("Replaces 'Create User If Unique'");
                });
        for (String alias : List.of("google", "github")) {
            assertThat(people.realm()
                            .identityProviders()
                            .get(alias)
                            .toRepresentation()
                            .getFirstBrokerLoginFlowAlias())
                    .isEqualTo("latchkey first broker login");
        }
        assertThat(people.realm().flows().getExecutions("latchkey first broker login"))
                .extracting("providerId")
                .contains("latchkey-first-broker-login", "idp-confirm-link", "idp-username-password-form")
                .doesNotContain(
                        "idp-auto-link", "idp-create-user-if-unique", "idp-email-verification", "idp-review-profile");
    }

    private String signUp(Person person) throws Exception {
        SignIn signIn = RealProviders.signIn(running, browser);
        return signIn.finish(signIn.through("google", person)).accessClaims().getSubject();
    }

    private Page linkGoogle(String userName, Person person) throws Exception {
        HtmlPage confirm = (HtmlPage) console.openWithPassword(userName, BrokeredPeople.PASSWORD, "idp_link:google");
        HtmlPage chooser = (HtmlPage) SignIn.click(confirm, "kc-continue");
        return SignIn.click(chooser, "person-" + person.login());
    }
}
