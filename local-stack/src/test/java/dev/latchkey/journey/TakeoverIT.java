package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.htmlunit.Page;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Somebody claims an e-mail that is not theirs, and its owner comes by <em>Forgot password?</em> or another mail. */
@ExtendWith(RunningStack.class)
class TakeoverIT {

    private static final String NEW_PASSWORD = "a password of the owner's";

    private Running running;
    private BrokeredPeople people;
    private Browser squatters;
    private Browser owners;

    @BeforeAll
    static void applyRealm(Running running) {
        RealProviders.apply(running);
    }

    @BeforeEach
    void openBrowsers(Running running) throws Exception {
        this.running = running;
        people = new BrokeredPeople(running);
        squatters = RealProviders.browser(running);
        owners = RealProviders.browser(running);
    }

    @AfterEach
    void closeBrowsers() {
        running.upstreams().behave();
        squatters.close();
        owners.close();
    }

    @Nested
    class SquatterThroughAProvider {

        @Test
        @DisplayName(
                "Given somebody at a provider claimed the e-mail unconfirmed, then its owner sets a password and the provider lets nobody in")
        void link() throws Exception {
            for (String alias : List.of("google", "github")) {
                Person squatter = people.unverified();
                SignIn first = signIn(squatters);
                HtmlPage waiting = (HtmlPage) first.through(alias, squatter);
                String account = people.withEmail(squatter.email()).getId();

                Tokens tokens = forgetPassword(squatter.email());

                assertThat(tokens.accessClaims().getSubject()).isEqualTo(account);
                assertThat(tokens.claim("provider")).isEqualTo("password");
                assertThat(people.links(account)).as(alias).isEmpty();
                assertNotLetIn(first, waiting.refresh());
                squatters.close();
                squatters = RealProviders.browser(running);
                assertThat(((HtmlPage) signIn(squatters).through(alias, squatter)).asNormalizedText())
                        .contains("has not verified that the address is yours");
                assertThat(people.links(account)).isEmpty();
                openBrowsers(running);
            }
        }

        @Test
        @DisplayName(
                "Given a sign-in of the squatter's waits for the e-mail to be confirmed, then the owner's reset does not let it in")
        void waiting() throws Exception {
            Person squatter = people.unverified();
            signIn(squatters).through("github", squatter);
            squatters.close();
            squatters = RealProviders.browser(running);
            SignIn second = signIn(squatters);
            HtmlPage waiting = (HtmlPage) second.through("github", squatter);
            assertThat(waiting.asNormalizedText()).contains("verify your email");

            forgetPassword(squatter.email());

            assertNotLetIn(second, waiting.refresh());
        }

        @Test
        @DisplayName(
                "Given the squatter's first sign-in was broken off before its link was made, then none is made after the owner's reset")
        void brokenOff() throws Exception {
            Person squatter = people.unverified();
            SignIn brokenOff = signIn(squatters);
            HtmlPage chooser = (HtmlPage) SignIn.click(brokenOff.begin(), "social-github");
            String rest = squatters.until(
                    "/after-first-broker-login", () -> SignIn.click(chooser, "person-" + squatter.login()));
            String account = people.withEmail(squatter.email()).getId();
            assertThat(people.links(account)).isEmpty();

            forgetPassword(squatter.email());

            assertNotLetIn(brokenOff, squatters.open(rest));
            assertThat(people.links(account)).isEmpty();
        }

        @Test
        @DisplayName("Given an administrator's mail to set a password, then it is the same")
        void administratorsMail() throws Exception {
            Person squatter = people.unverified();
            signIn(squatters).through("github", squatter);
            String account = people.withEmail(squatter.email()).getId();

            people.realm().users().get(account).executeActionsEmail(List.of("UPDATE_PASSWORD"));
            HtmlPage start = (HtmlPage) owners.open(mailTo(squatter.email()));
            assertThat(people.links(account)).as("before going on").containsExactly("github");
            setPassword((HtmlPage) start.getAnchors().get(0).click());

            assertThat(people.links(account)).isEmpty();
            assertThat(signIn(owners)
                            .withPassword(squatter.email(), NEW_PASSWORD)
                            .accessClaims()
                            .getSubject())
                    .isEqualTo(account);
        }
    }

    @Nested
    class SquatterWithAPassword {

        @Test
        @DisplayName(
                "Given a sign-in with the squatter's password waits, then the owner's reset lets neither it nor the password in")
        void waiting() throws Exception {
            Person owner = people.verified();
            String account = people.account("squatter-" + owner.login(), owner.email(), false);
            SignIn first = signIn(squatters);
            HtmlPage waiting = password(first, owner.email(), BrokeredPeople.PASSWORD);
            assertThat(waiting.asNormalizedText()).contains("verify your email");

            Tokens tokens = forgetPassword(owner.email());

            assertThat(tokens.accessClaims().getSubject()).isEqualTo(account);
            assertNotLetIn(first, waiting.refresh());
            squatters.close();
            squatters = RealProviders.browser(running);
            assertThat(password(signIn(squatters), owner.email(), BrokeredPeople.PASSWORD)
                            .asNormalizedText())
                    .contains("Invalid username or password");
        }
    }

    @Nested
    class ARealmThatDoesNotAskToConfirm {

        @BeforeEach
        void doNotAsk() {
            askToConfirm(false);
        }

        @AfterEach
        void ask() {
            askToConfirm(true);
        }

        private void askToConfirm(boolean asked) {
            RealmRepresentation realm = new RealmRepresentation();
            realm.setVerifyEmail(asked);
            people.realm().update(realm);
        }

        @Test
        @DisplayName(
                "Given the squatter is signed in, with a second factor and a pseudonym, then the owner's reset ends all of it")
        void signedIn() throws Exception {
            Person squatter = people.unverified();
            SignIn online = signIn(squatters);
            Tokens tokens = online.finish(online.through("google", squatter));
            String account = tokens.accessClaims().getSubject();
            Totp.of(people.realm(), account);
            assertThat(tokens.claim("provider")).isEqualTo("google");

            Tokens taken = forgetPassword(squatter.email());

            assertThat(taken.accessClaims().getSubject()).isEqualTo(account);
            assertThat(taken.claim("provider")).isEqualTo("password");
            assertThat(taken.claim("actor_uid")).isNotEqualTo(tokens.claim("actor_uid"));
            assertThat(people.links(account)).isEmpty();
            assertThat(people.realm().users().get(account).credentials())
                    .extracting(CredentialRepresentation::getType)
                    .containsExactly(CredentialRepresentation.PASSWORD);
            assertThat(refresh(tokens).statusCode()).isEqualTo(HttpURLConnection.HTTP_BAD_REQUEST);
            assertThat(signIn(squatters).begin().getElementById("kc-login"))
                    .as("the squatter's cookie lets nobody in")
                    .isNotNull();
            assertThat(refresh(taken).statusCode()).isEqualTo(HttpURLConnection.HTTP_OK);
        }
    }

    @Nested
    class OwnAccount {

        @Test
        @DisplayName(
                "Given a confirmed e-mail, then who has forgotten their password keeps provider, second factor and pseudonym")
        void confirmed() throws Exception {
            Person person = people.verified();
            SignIn before = signIn(squatters);
            Tokens tokens = before.finish(before.through("github", person));
            String account = tokens.accessClaims().getSubject();

            Tokens after = forgetPassword(person.email());

            assertThat(after.accessClaims().getSubject()).isEqualTo(account);
            assertThat(after.claim("actor_uid")).isEqualTo(tokens.claim("actor_uid"));
            assertThat(people.links(account)).containsExactly("github");
            assertThat(refresh(tokens).statusCode()).isEqualTo(HttpURLConnection.HTTP_OK);
        }

        @Test
        @DisplayName("Given an administrator asks for something that is no way in, then the password stays")
        void administratorsMail() throws Exception {
            Person person = people.verified();
            String account = people.account(person.login(), person.email(), false);

            people.realm().users().get(account).executeActionsEmail(List.of("VERIFY_EMAIL"));
            HtmlPage start = (HtmlPage) owners.open(mailTo(person.email()));
            start.getAnchors().get(0).click();

            UserRepresentation user = people.user(account);
            assertThat(user.isEmailVerified()).isTrue();
            assertThat(signIn(owners)
                            .withPassword(person.login(), BrokeredPeople.PASSWORD)
                            .accessClaims()
                            .getSubject())
                    .isEqualTo(account);
        }
    }

    private SignIn signIn(Browser browser) {
        return RealProviders.signIn(running, browser);
    }

    /** What the owner of the mailbox does, up to the application. */
    private Tokens forgetPassword(String email) throws IOException {
        SignIn signIn = signIn(owners);
        HtmlPage form = signIn.begin().getAnchorByText("Forgot Password?").click();
        SignIn.type(form, "username", email);
        submit(form, "kc-reset-password-form");
        HtmlPage page = (HtmlPage) owners.open(mailTo(email));
        return signIn.finish(setPassword(page));
    }

    private static Page setPassword(HtmlPage form) throws IOException {
        SignIn.type(form, "password-new", NEW_PASSWORD);
        SignIn.type(form, "password-confirm", NEW_PASSWORD);
        return submit(form, "kc-passwd-update-form");
    }

    private static HtmlPage password(SignIn signIn, String name, String password) throws IOException {
        HtmlPage page = signIn.begin();
        SignIn.type(page, "username", name);
        SignIn.type(page, "password", password);
        return (HtmlPage) SignIn.click(page, "kc-login");
    }

    private static Page submit(HtmlPage page, String form) throws IOException {
        return page.getElementById(form)
                .<DomElement>querySelector("[type=submit]")
                .click();
    }

    private String mailTo(String email) {
        return new Mailbox(running.settings().mailUrl()).linkFor(email);
    }

    private HttpResponse<String> refresh(Tokens tokens) {
        return Http.postForm(
                running.settings().keycloakUrl() + "/realms/" + RunningStack.REAL_PROVIDERS_REALM
                        + "/protocol/openid-connect/token",
                Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", tokens.refresh()));
    }

    /** At most with a code that is worth nothing. */
    private void assertNotLetIn(SignIn signIn, Page page) {
        if (page.getUrl().toString().startsWith(running.settings().apiUrl())) {
            HttpResponse<String> answer = signIn.redeem(page);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(HttpURLConnection.HTTP_BAD_REQUEST);
        }
    }
}
