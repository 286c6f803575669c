package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The rules of docs/reference/brokered-sign-in.md, with Keycloak's own provider types. */
@ExtendWith(RunningStack.class)
class FirstBrokerLoginIT {

    /** Where a first sign-in through a provider can be broken off: before our step, and before the link. */
    private static final List<String> STOPS = List.of("/first-broker-login?", "/after-first-broker-login?");

    private Running running;
    private BrokeredPeople people;
    private Browser browser;
    private SignIn signIn;

    @BeforeAll
    static void applyRealm(Running running) {
        RealProviders.apply(running);
    }

    @BeforeEach
    void openBrowser(Running running) throws Exception {
        this.running = running;
        people = new BrokeredPeople(running);
        openAnotherBrowser();
    }

    private void openAnotherBrowser() throws Exception {
        browser = RealProviders.browser(running);
        signIn = RealProviders.signIn(running, browser);
    }

    @AfterEach
    void behave() {
        running.upstreams().behave();
        browser.close();
    }

    @Nested
    class NewAccount {

        @Test
        @DisplayName(
                "Given a verified e-mail at either provider, then an account with a verified e-mail and no form to fill in")
        void verified() throws Exception {
            for (String alias : new String[] {"google", "github"}) {
                Person person = people.verified();

                Tokens tokens = signIn.finish(signIn.through(alias, person));

                UserRepresentation user = people.user(tokens.accessClaims().getSubject());
                assertThat(user.getEmail()).isEqualTo(person.email());
                assertThat(user.isEmailVerified()).as(alias).isTrue();
                assertThat(user.firstAttribute("display_name")).as(alias).isEqualTo(person.name());
                assertThat(user.getUsername())
                        .startsWith(alias + ".")
                        .doesNotContain(person.googleSubject())
                        .doesNotContain(Long.toString(person.gitHubId()));
                assertThat(people.links(user.getId())).containsExactly(alias);
                openAnotherBrowser();
            }
        }

        @Test
        @DisplayName("Given a newcomer in two browsers at once, then one account, and a page that says so in the other")
        void twiceAtOnce() throws Exception {
            Person person = people.verified();
            try (Browser other = RealProviders.browser(running)) {
                List<CompletableFuture<Page>> pages;
                try (HeldRows accounts = new HeldRows(running.settings(), "lock table user_entity in share mode")) {
                    pages = Stream.of(signIn, RealProviders.signIn(running, other))
                            .map(visit -> CompletableFuture.supplyAsync(() -> through(visit, person)))
                            .toList();
                    await().until(() -> accounts.waiting() == 2);
                }

                assertThat(pages)
                        .extracting(page -> page.get().getWebResponse().getStatusCode())
                        .doesNotContain(HttpURLConnection.HTTP_INTERNAL_ERROR);
                assertThat(pages)
                        .extracting(page -> page.get().getWebResponse().getContentAsString())
                        .anySatisfy(text -> assertThat(text).containsAnyOf("already exists", "in another window"));
                assertThat(people.links(people.withEmail(person.email()).getId()))
                        .containsExactly("google");
            }
        }

        private static Page through(SignIn signIn, Person person) {
            try {
                return signIn.through("google", person);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        @DisplayName("Given an e-mail that the provider has not verified, then the person confirms it by mail first")
        void unverified() throws Exception {
            for (String alias : new String[] {"google", "github"}) {
                Person person = people.unverified();

                Page page = signIn.through(alias, person);

                assertThat(((HtmlPage) page).asNormalizedText()).contains("verify your email");
                assertThat(people.withEmail(person.email()).isEmailVerified()).isFalse();
                openAnotherBrowser();
            }
        }

        @Test
        @DisplayName(
                "Given an ID token that says nothing of verification, then the e-mail is not verified (keycloak takes it for verified)")
        void notSaid() throws Exception {
            Person person = people.verified();
            running.upstreams().twist(claims -> Twist.without(claims, "email_verified"));
            running.upstreams().answer("openidconnect.googleapis.com/v1/userinfo", Answers.json("""
                            {"sub": "%s", "email": "%s"}""".formatted(
                            person.googleSubject(), person.email())));

            Page page = signIn.through("google", person);

            assertThat(((HtmlPage) page).asNormalizedText()).contains("verify your email");
            assertThat(people.withEmail(person.email()).isEmailVerified()).isFalse();
        }

        @Test
        @DisplayName("Given a name that is longer than the profile allows, then it is left out and nobody is kept out")
        void longName() throws Exception {
            Person person = people.verified();
            running.upstreams().answer("openidconnect.googleapis.com/v1/userinfo", Answers.json("""
                            {"sub": "%s", "email": "%s", "name": "%s", "given_name": "%s"}""".formatted(
                            person.googleSubject(), person.email(), "n".repeat(161), "g".repeat(300))));

            Tokens tokens = signIn.finish(signIn.through("google", person));

            UserRepresentation user = people.user(tokens.accessClaims().getSubject());
            assertThat(user.getFirstName()).isNull();
            assertThat(user.getAttributes() == null || !user.getAttributes().containsKey("display_name"))
                    .isTrue();
        }
    }

    @Nested
    class Link {

        @Test
        @DisplayName(
                "Given an account with the same verified e-mail, then its password links, and a wrong one does not")
        void password() throws Exception {
            Person person = people.verified();
            String account = people.account(person.login(), person.email(), true);

            HtmlPage form = confirm(signIn.through("google", person));
            SignIn.type(form, "password", "wrong");
            form = (HtmlPage) SignIn.click(form, "kc-login");
            assertThat(people.links(account)).isEmpty();
            SignIn.type(form, "password", BrokeredPeople.PASSWORD);
            Tokens linked = signIn.finish(SignIn.click(form, "kc-login"));

            assertThat(linked.accessClaims().getSubject()).isEqualTo(account);
            assertThat(people.links(account)).containsExactly("google");
            openAnotherBrowser();
            assertThat(signIn.finish(signIn.through("google", person))
                            .accessClaims()
                            .getSubject())
                    .isEqualTo(account);
        }

        @Test
        @DisplayName("Given the account has a second factor, then the password alone does not link")
        void secondFactor() throws Exception {
            Person person = people.verified();
            String account = people.account(person.login(), person.email(), true);
            Totp totp = Totp.of(people.realm(), account);

            HtmlPage form = confirm(signIn.through("google", person));
            SignIn.type(form, "password", BrokeredPeople.PASSWORD);
            HtmlPage second = (HtmlPage) SignIn.click(form, "kc-login");
            assertThat(people.links(account)).isEmpty();

            SignIn.type(second, "otp", totp.code());
            Tokens linked = signIn.finish(SignIn.click(second, "kc-login"));
            assertThat(linked.accessClaims().getSubject()).isEqualTo(account);
            assertThat(people.links(account)).containsExactly("google");
        }

        @Test
        @DisplayName("Given an account that came from GitHub, then signing in with GitHub proves it for Google")
        void linkedProvider() throws Exception {
            Person person = people.verified();
            String account = signIn.finish(signIn.through("github", person))
                    .accessClaims()
                    .getSubject();
            openAnotherBrowser();

            HtmlPage form = confirm(signIn.through("google", person));
            Tokens linked = signIn.finish(SignIn.choose(form, "github", person));

            assertThat(linked.accessClaims().getSubject()).isEqualTo(account);
            assertThat(people.links(account)).containsExactly("github", "google");
        }

        @Test
        @DisplayName(
                "Given the question whether to link was left open, then whoever signs in next through a provider does not get the link")
        void otherAccountThroughProvider() throws Exception {
            Person victim = people.verified();
            String victims = signIn.finish(signIn.through("github", victim))
                    .accessClaims()
                    .getSubject();
            Person attacker = people.verified();
            people.account(attacker.login(), attacker.email(), true);
            openAnotherBrowser();

            HtmlPage form = confirm(signIn.through("google", attacker));
            HtmlPage page = (HtmlPage) SignIn.choose(form, "github", victim);

            assertThat(page.asNormalizedText()).contains("another account than the one that was to be linked");
            assertThat(people.links(victims)).containsExactly("github");
            assertThat(signIn.finish(SignIn.choose(page, "github", victim))
                            .accessClaims()
                            .getSubject())
                    .isEqualTo(victims);
            assertThat(people.links(victims)).containsExactly("github");
        }

        @Test
        @DisplayName("Given the password form, then it takes no other account's name and password")
        void otherAccountByPassword() throws Exception {
            Person victim = people.verified();
            String victims = people.account("victim-" + victim.login(), victim.email(), true);
            Person attacker = people.verified();
            String attackers = people.account(attacker.login(), attacker.email(), true);

            HtmlPage form = confirm(signIn.through("google", attacker));
            assertThat(form.getElementById("username")).isNull();
            HtmlInput name = (HtmlInput) form.createElement("input");
            name.setAttribute("name", "username");
            name.setAttribute("value", "victim-" + victim.login());
            form.getElementById("kc-form-login").appendChild(name);
            SignIn.type(form, "password", BrokeredPeople.PASSWORD);
            Tokens tokens = signIn.finish(SignIn.click(form, "kc-login"));

            assertThat(tokens.accessClaims().getSubject()).isEqualTo(attackers);
            assertThat(people.links(victims)).isEmpty();
        }

        @Test
        @DisplayName("Given an e-mail that GitHub has not verified, then no link is offered, until it has")
        void unverifiedUpstream() throws Exception {
            Person person = people.unverified();
            String account = people.account(person.login(), person.email(), true);
            int before = people.count();

            assertRefused(signIn.through("github", person), "has not verified that the address is yours");
            assertThat(people.links(account)).isEmpty();
            assertThat(people.count()).isEqualTo(before);

            running.upstreams().answer("api.github.com/user/emails", Answers.json("""
                            [{"email": "%s", "primary": true, "verified": true}]""".formatted(person.email())));
            openAnotherBrowser();
            assertThat(confirm(signIn.through("github", person)).getElementById("password"))
                    .isNotNull();
        }

        @Test
        @DisplayName(
                "Given userinfo names an e-mail that the ID token does not vouch for, then it is not verified (CVE-2026-14781)")
        void emailOfUserInfo() throws Exception {
            Person victim = people.verified();
            String account = people.account(victim.login(), victim.email(), true);
            Person attacker = people.verified();
            running.upstreams().answer("openidconnect.googleapis.com/v1/userinfo", Answers.json("""
                            {"sub": "%s", "email": "%s"}""".formatted(
                            attacker.googleSubject(), victim.email())));

            assertRefused(signIn.through("google", attacker), "has not verified that the address is yours");
            assertThat(people.links(account)).isEmpty();
        }

        @Test
        @DisplayName(
                "Given a link was proven for one identity at GitHub, then another with the same e-mail does not profit (CVE-2026-82968)")
        void otherIdentity() throws Exception {
            Person person = people.verified();
            String account = people.account(person.login(), person.email(), true);
            HtmlPage form = confirm(signIn.through("github", person));
            SignIn.type(form, "password", BrokeredPeople.PASSWORD);
            signIn.finish(SignIn.click(form, "kc-login"));
            Person other = people.sharing(person);
            openAnotherBrowser();

            assertRefused(signIn.through("github", other), "linked to another account at GitHub");
            assertThat(people.links(account)).containsExactly("github");
        }

        @Test
        @DisplayName("Given a disabled account, then a provider does not open it")
        void disabled() throws Exception {
            Person person = people.verified();
            String account = people.account(person.login(), person.email(), true);
            UserRepresentation user = people.user(account);
            user.setEnabled(false);
            people.realm().users().get(account).update(user);

            assertRefused(signIn.through("google", person), "disabled");
            assertThat(people.links(account)).isEmpty();
        }
    }

    @Nested
    class BrokenOff {

        @Test
        @DisplayName(
                "Given a first sign-in was broken off before the question, then whoever signs in next through a provider does not get the link")
        void throughProvider() throws Exception {
            for (String stop : STOPS) {
                Person victim = people.verified();
                String victims = signIn.finish(signIn.through("github", victim))
                        .accessClaims()
                        .getSubject();
                openAnotherBrowser();

                HtmlPage page = breakOff(people.verified(), stop);
                Tokens tokens = signIn.finish(SignIn.choose(page, "github", victim));

                assertThat(tokens.accessClaims().getSubject()).as(stop).isEqualTo(victims);
                assertThat(people.links(victims)).as(stop).containsExactly("github");
                openAnotherBrowser();
            }
        }

        @Test
        @DisplayName(
                "Given the next person has no account yet, then they get one of their own, and the identity that was left none of it")
        void newcomer() throws Exception {
            Person newcomer = people.verified();

            HtmlPage page = breakOff(people.verified(), STOPS.get(0));
            Tokens tokens = signIn.finish(SignIn.choose(page, "github", newcomer));

            UserRepresentation account = people.user(tokens.accessClaims().getSubject());
            assertThat(account.getEmail()).isEqualTo(newcomer.email());
            assertThat(people.links(account.getId())).containsExactly("github");
        }

        @Test
        @DisplayName(
                "Given the next person has forgotten their password, then a page says so and nothing is linked, and they get in from the beginning")
        void forgottenPassword() throws Exception {
            Person victim = people.verified();
            String account = people.account(victim.login(), victim.email(), true);

            HtmlPage page = forgetPassword(breakOff(people.verified(), STOPS.get(0)), victim);

            assertRefused(page, "another account than the one that was to be linked");
            assertThat(people.links(account)).isEmpty();
            HtmlPage again = (HtmlPage) SignIn.click(page, "latchkey-try-again");
            SignIn.type(again, "username", victim.login());
            SignIn.type(again, "password", BrokeredPeople.PASSWORD);
            assertThat(signIn.finish(SignIn.click(again, "kc-login"))
                            .accessClaims()
                            .getSubject())
                    .isEqualTo(account);
            assertThat(people.links(account)).isEmpty();
        }

        @Test
        @DisplayName("Given the account that the question is about, then its owner may reset the password to prove it")
        void ownForgottenPassword() throws Exception {
            Person person = people.verified();
            String account = people.account(person.login(), person.email(), true);

            HtmlPage form = forgetPassword(confirm(signIn.through("google", person)), person);

            SignIn.type(form, "password-new", "another " + BrokeredPeople.PASSWORD);
            SignIn.type(form, "password-confirm", "another " + BrokeredPeople.PASSWORD);
            Page last = form.getElementById("kc-passwd-update-form")
                    .<DomElement>querySelector("[type=submit]")
                    .click();
            assertThat(signIn.finish(last).accessClaims().getSubject()).isEqualTo(account);
            assertThat(people.links(account)).containsExactly("google");
        }

        /** Comes through Google, and leaves the sign-in page to the next person. */
        private HtmlPage breakOff(Person person, String stop) throws IOException {
            HtmlPage chooser = (HtmlPage) SignIn.click(signIn.begin(), "social-google");
            String broken = browser.until(stop, () -> SignIn.click(chooser, "person-" + person.login()));
            String tab = broken.substring(broken.indexOf('?')).replaceAll("session_code=[^&]*&?", "");
            return (HtmlPage) browser.open(running.settings().keycloakUrl() + "/realms/"
                    + RunningStack.REAL_PROVIDERS_REALM + "/login-actions/authenticate" + tab);
        }

        private HtmlPage forgetPassword(HtmlPage page, Person person) throws IOException {
            HtmlPage form = page.getAnchorByText("Forgot Password?").click();
            SignIn.type(form, "username", person.email());
            form.getElementById("kc-reset-password-form")
                    .<DomElement>querySelector("[type=submit]")
                    .click();
            return (HtmlPage) browser.open(new Mailbox(running.settings().mailUrl()).linkFor(person.email()));
        }
    }

    @Nested
    class Squatter {

        @Test
        @DisplayName(
                "Given an account that claims the e-mail unconfirmed, then the owner gets an account of their own, and the squatter none of it (keycloak#53041)")
        void local() throws Exception {
            Person owner = people.verified();
            String squatter = people.account("squatter-" + owner.login(), owner.email(), false);

            Tokens tokens = signIn.finish(signIn.through("google", owner));

            assertThat(tokens.accessClaims().getSubject()).isNotEqualTo(squatter);
            assertThat(people.withEmail(owner.email()).getId())
                    .isEqualTo(tokens.accessClaims().getSubject());
            assertThat(people.user(squatter).getEmail()).isNull();
            assertThat(people.links(squatter)).isEmpty();
            openAnotherBrowser();
            HtmlPage page = signIn.begin();
            SignIn.type(page, "username", owner.email());
            SignIn.type(page, "password", BrokeredPeople.PASSWORD);
            assertThat(((HtmlPage) SignIn.click(page, "kc-login")).asNormalizedText())
                    .contains("Invalid username or password");
        }

        @Test
        @DisplayName(
                "Given somebody at GitHub who claims the e-mail unconfirmed, then they neither keep it nor get at the owner's account")
        void atAnotherProvider() throws Exception {
            Person owner = people.verified();
            Person squatter = people.sharing(owner);
            running.upstreams().answer("api.github.com/user/emails", Answers.json("""
                            [{"email": "%s", "primary": true, "verified": false}]""".formatted(owner.email())));
            signIn.through("github", squatter);
            String squatted = people.withEmail(owner.email()).getId();
            openAnotherBrowser();

            Tokens tokens = signIn.finish(signIn.through("google", owner));

            assertThat(tokens.accessClaims().getSubject()).isNotEqualTo(squatted);
            assertThat(people.user(squatted).getEmail()).isNull();
            openAnotherBrowser();
            HtmlPage again = (HtmlPage) signIn.through("github", squatter);
            assertThat(again.getElementById("email"))
                    .as(again.asNormalizedText())
                    .isNotNull();
            assertThat(people.links(tokens.accessClaims().getSubject())).containsExactly("google");
        }
    }

    @Nested
    class UnconfirmedAccountsKeepTheirEmail {

        @Test
        @DisplayName("Given an admin has chosen so, then a page says what to do and the account keeps its e-mail")
        void kept() throws Exception {
            var flows = people.realm().flows();
            String step = flows.getExecutions("latchkey first broker login").stream()
                    .filter(execution -> "latchkey-first-broker-login".equals(execution.getProviderId()))
                    .findFirst()
                    .orElseThrow()
                    .getId();
            AuthenticatorConfigRepresentation choice = new AuthenticatorConfigRepresentation();
            choice.setAlias("keep");
            choice.setConfig(Map.of("unconfirmed.accounts.keep.email", "true"));
            String id;
            try (var response = flows.newExecutionConfig(step, choice)) {
                id = CreatedResponseUtil.getCreatedId(response);
            }
            try {
                Person owner = people.verified();
                String account = people.account("first-" + owner.login(), owner.email(), false);

                assertRefused(signIn.through("google", owner), "that nobody has confirmed");

                assertThat(people.user(account).getEmail()).isEqualTo(owner.email());
                assertThat(people.links(account)).isEmpty();
            } finally {
                flows.removeAuthenticatorConfig(id);
            }
        }
    }

    @Nested
    class EmailThatIsAUserName {

        @Test
        @DisplayName(
                "Given the e-mail is the user name of a confirmed account, then that account is to be proven, and its owner still gets in (CVE-2026-19607)")
        void confirmed() throws Exception {
            Person person = people.verified();
            String account = people.account(person.email(), "other-" + person.email(), true);
            int before = people.count();

            HtmlPage form = confirm(signIn.through("google", person));

            assertThat(form.getElementById("password")).isNotNull();
            assertThat(people.count()).isEqualTo(before);
            openAnotherBrowser();
            assertThat(signIn.withPassword(person.email(), BrokeredPeople.PASSWORD)
                            .accessClaims()
                            .getSubject())
                    .isEqualTo(account);
        }

        @Test
        @DisplayName(
                "Given nobody has confirmed that account's e-mail, then nothing is made or linked, and a page says so")
        void unconfirmed() throws Exception {
            Person person = people.verified();
            String account = people.account(person.email(), person.email(), false);
            int before = people.count();

            assertRefused(signIn.through("google", person), "user name of another account");

            assertThat(people.count()).isEqualTo(before);
            assertThat(people.links(account)).isEmpty();
            assertThat(people.user(account).getEmail()).isEqualTo(person.email());
        }
    }

    @Nested
    class UserNamesThatAreEmails {

        @Test
        @DisplayName(
                "Given an administrator's mapper names accounts by e-mail, then a newcomer is not named so, and the mailbox's owner gets an account of their own")
        void mapper() throws Exception {
            var google = people.realm().identityProviders().get("google");
            IdentityProviderMapperRepresentation name = google.getMappers().stream()
                    .filter(mapper -> "user name".equals(mapper.getName()))
                    .findFirst()
                    .orElseThrow();
            String template = name.getConfig().put("template", "${CLAIM.email}");
            google.update(name.getId(), name);
            try {
                Person squatter = people.unverified();
                signIn.through("google", squatter);
                String squatted = people.withEmail(squatter.email()).getId();
                assertThat(people.user(squatted).getUsername()).startsWith("google.");
                running.upstreams().answer("api.github.com/user/emails", Answers.json("""
                                [{"email": "%s", "primary": true, "verified": true}]""".formatted(squatter.email())));
                openAnotherBrowser();

                Tokens tokens = signIn.finish(signIn.through("github", people.sharing(squatter)));

                assertThat(tokens.accessClaims().getSubject()).isNotEqualTo(squatted);
            } finally {
                name.getConfig().put("template", template);
                google.update(name.getId(), name);
            }
        }
    }

    @Nested
    class Registration {

        @Test
        @DisplayName(
                "Given somebody registers with a user name that is an e-mail address, then another name is asked for")
        void name() throws Exception {
            Person victim = people.verified();

            HtmlPage page = register(victim.email(), "squatter-" + victim.email());

            assertThat(page.asNormalizedText()).contains("contains invalid character");
            assertThat(people.realm().users().searchByUsername(victim.email(), true))
                    .isEmpty();
        }

        @Test
        @DisplayName(
                "Given somebody registers with an e-mail that is another's user name, then another e-mail is asked for")
        void email() throws Exception {
            Person victim = people.verified();
            people.account(victim.email(), "other-" + victim.email(), true);

            HtmlPage page = register("squatter-" + victim.login(), victim.email());

            assertThat(page.asNormalizedText()).contains("Email already exists");
            assertThat(people.realm().users().searchByEmail(victim.email(), true))
                    .isEmpty();
        }

        private HtmlPage register(String userName, String email) throws IOException {
            HtmlPage form = signIn.begin().getAnchorByText("Register").click();
            SignIn.type(form, "username", userName);
            SignIn.type(form, "email", email);
            return ((HtmlForm) form.getElementById("kc-register-form"))
                    .getOneHtmlElementByAttribute("input", "type", "submit")
                    .click();
        }
    }

    @Nested
    class OtherLetters {

        @Test
        @DisplayName(
                "Given an e-mail that is another's once in small letters, then it is none: the Kelvin sign becomes a k")
        void kelvin() throws Exception {
            Person person = people.verified();
            String email = "k" + person.email();
            String account = people.account(person.login(), email, false);
            int before = people.count();
            running.upstreams()
                    .answer("api.github.com/user/emails", Answers.json("""
                            [{"email": "%s", "primary": true, "verified": true}]""".formatted(email.replace('k', '\u212A'))));

            assertRefused(signIn.through("github", person), "did not give us your e-mail address");

            assertThat(people.count()).isEqualTo(before);
            assertThat(people.user(account).getEmail()).isEqualTo(email);
        }
    }

    @Nested
    class Missing {

        @Test
        @DisplayName("Given the provider shares no e-mail, then a page says so and no user is made")
        void email() throws Exception {
            for (String alias : new String[] {"google", "github"}) {
                Person person = people.withoutEmail();
                int before = people.count();

                assertRefused(signIn.through(alias, person), "did not give us your e-mail address");

                assertThat(people.count()).isEqualTo(before);
                openAnotherBrowser();
            }
        }

        @Test
        @DisplayName("Given the provider says something that is no e-mail, then a page says so and no user is made")
        void noEmail() throws Exception {
            int before = people.count();
            for (String email : new String[] {"nobody", "somebody@" + "d.".repeat(125) + "test"}) {
                Person person = people.verified();
                running.upstreams().answer("api.github.com/user/emails", Answers.json("""
                                [{"email": "%s", "primary": true, "verified": true}]""".formatted(email)));

                assertRefused(signIn.through("github", person), "did not give us your e-mail address");

                openAnotherBrowser();
            }
            assertThat(people.count()).isEqualTo(before);
        }

        @Test
        @DisplayName("Given the provider gives no id, then the person is back on the sign-in page and no user is made")
        void id() throws Exception {
            Person person = people.verified();
            int before = people.count();
            for (String id : new String[] {"null", "\"\""}) {
                running.upstreams()
                        .answer("api.github.com/user", Answers.json("{\"login\": \"p\", \"id\": %s}".formatted(id)));
                assertTrouble(signIn.through("github", person));
                openAnotherBrowser();
            }
            running.upstreams().twist(claims -> Twist.without(claims, "sub"));
            assertTrouble(signIn.through("google", person));
            openAnotherBrowser();
            running.upstreams().twist(claims -> Twist.with(claims, "sub", ""));
            assertTrouble(signIn.through("google", person));
            openAnotherBrowser();
            String longest = "1".repeat(256);
            running.upstreams().twist(claims -> Twist.with(claims, "sub", longest));
            running.upstreams()
                    .answer(
                            "openidconnect.googleapis.com/v1/userinfo",
                            Answers.json("{\"sub\": \"%s\"}".formatted(longest)));
            assertRefused(signIn.through("google", person), "did not say who you are");

            assertThat(people.count()).isEqualTo(before);
        }
    }

    private static HtmlPage confirm(Page page) throws IOException {
        assertThat(((HtmlPage) page).asNormalizedText()).contains("Account already exists");
        return (HtmlPage) SignIn.click((HtmlPage) page, "linkAccount");
    }

    private void assertRefused(Page page, String words) throws IOException {
        HtmlPage html = (HtmlPage) page;
        assertThat(html.getWebResponse().getStatusCode()).isEqualTo(HttpURLConnection.HTTP_CONFLICT);
        assertThat(html.asNormalizedText()).contains("You are not signed in").contains(words);
        assertThat(html.getElementById("try-another-way"))
                .as("Keycloak's way to the steps that link")
                .isNull();
        HtmlPage again = (HtmlPage) SignIn.click(html, "latchkey-try-again");
        assertThat(again.getElementById("kc-login")).as("the way back").isNotNull();
    }

    private static void assertTrouble(Page page) {
        HtmlPage html = (HtmlPage) page;
        assertThat(html.asNormalizedText()).contains("cannot be accepted");
        assertThat(html.getElementById("kc-login")).as("the sign-in page").isNotNull();
    }
}
