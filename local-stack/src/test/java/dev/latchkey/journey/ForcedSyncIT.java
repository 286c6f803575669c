package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.util.List;
import org.htmlunit.Page;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Brokers whose "Sync mode" an admin has set to "Force": of people who are linked, what mappers write follows the provider, e-mails do not. */
@ExtendWith(RunningStack.class)
class ForcedSyncIT {

    private Running running;
    private BrokeredPeople people;

    @BeforeAll
    static void force(Running running) {
        RealProviders.apply(running);
        var brokers = RealProviders.admin(running).identityProviders();
        for (String alias : List.of("google", "github")) {
            IdentityProviderRepresentation broker = brokers.get(alias).toRepresentation();
            broker.getConfig().put("syncMode", "FORCE");
            brokers.get(alias).update(broker);
        }
        for (IdentityProviderMapperRepresentation mapper : brokers.get("google").getMappers()) {
            if (mapper.getName().equals("display name")) {
                mapper.getConfig().put("syncMode", "INHERIT");
                brokers.get("google").update(mapper.getId(), mapper);
            }
        }
    }

    @AfterAll
    static void asDeclared(Running running) {
        RealProviders.apply(running);
    }

    @BeforeEach
    void meetPeople(Running running) {
        this.running = running;
        people = new BrokeredPeople(running);
    }

    @AfterEach
    void behave() {
        running.upstreams().behave();
    }

    @Test
    @DisplayName("Given another e-mail in the public profile at GitHub, then the account keeps its own, verified")
    void publicProfile() throws Exception {
        Person person = people.verified();
        String id = signIn("github", person);

        running.upstreams().answer("api.github.com/user", Answers.json("""
                        {"login": "%s", "id": %d, "name": "Other Name", "email": "public-%s"}""".formatted(
                        person.login(), person.gitHubId(), person.email())));

        assertThat(signIn("github", person)).isEqualTo(id);
        assertKeepsEmail(id, person);
        ProviderTokens app = new ProviderTokens(running);
        assertThat(app.accepted(ProviderTokens.gitHub(app.gitHubToken(person))).claim("sub"))
                .isEqualTo(id);
        assertKeepsEmail(id, person);
    }

    @Test
    @DisplayName("Given another name and another, unverified e-mail at Google, then the account gets the name alone")
    void changedAtGoogle() throws Exception {
        Person person = people.verified();
        String id = signIn("google", person);

        Person changed = atGoogle(person, "other-" + person.email(), false);
        assertThat(signIn("google", changed)).isEqualTo(id);

        assertKeepsEmail(id, person);
        assertThat(people.user(id).getAttributes()).containsEntry("display_name", List.of("Changed Family"));
    }

    @Test
    @DisplayName(
            "Given an e-mail at Google that is somebody's user name or e-mail here, then both accounts stay as they are")
    void othersName() throws Exception {
        Person person = people.verified();
        String id = signIn("google", person);
        String name = "name-" + person.email();
        String named = people.account(name, "of-" + name, true);

        for (String taken : List.of(name, "of-" + name)) {
            assertThat(signIn("google", atGoogle(person, taken, true))).isEqualTo(id);
            assertKeepsEmail(id, person);
        }
        assertThat(people.user(named).getEmail()).isEqualTo("of-" + name);
    }

    /** The same person, under a new login so that the stand-in's page tells them apart. */
    private Person atGoogle(Person person, @Nullable String email, boolean verified) {
        return running.upstreams()
                .introduce(new Person(
                        person.login() + "-" + Math.abs(String.valueOf(email).hashCode()),
                        "Changed",
                        "Family",
                        person.googleSubject(),
                        person.gitHubId(),
                        email,
                        verified));
    }

    /** Nothing stands between the provider and the application. */
    private String signIn(String alias, Person person) throws Exception {
        try (Browser browser = RealProviders.browser(running)) {
            SignIn signIn = RealProviders.signIn(running, browser);
            Page page = signIn.through(alias, person);
            return signIn.finish(page).accessClaims().getSubject();
        }
    }

    private void assertKeepsEmail(String id, Person person) {
        UserRepresentation account = people.user(id);
        assertThat(account.getEmail()).isEqualTo(person.email());
        assertThat(account.isEmailVerified()).isTrue();
        assertThat(account.getRequiredActions()).isEmpty();
    }
}
