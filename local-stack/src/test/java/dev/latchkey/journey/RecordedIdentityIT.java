package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;

/** The identity of record, with Keycloak's own provider types and people who change at their provider. */
@ExtendWith(RunningStack.class)
class RecordedIdentityIT {

    private Running running;
    private BrokeredPeople people;

    @BeforeAll
    static void applyRealm(Running running) {
        RealProviders.apply(running);
    }

    @BeforeEach
    void meetPeople(Running running) {
        this.running = running;
        people = new BrokeredPeople(running);
    }

    @Test
    @DisplayName(
            "Given a person who is renamed at GitHub, then the same actor; given another who has that login now, then another")
    void renamedAndRecycled() throws Exception {
        Person before = people.verified();
        Tokens first = signIn("github", before);

        Person renamed = running.upstreams()
                .introduce(new Person(
                        before.login() + "-renamed",
                        "Other",
                        "Name",
                        before.googleSubject(),
                        before.gitHubId(),
                        before.email(),
                        true));
        Tokens second = signIn("github", renamed);
        assertThat(actor(second)).isEqualTo(actor(first));
        assertThat(second.claim("owner_id")).isEqualTo(first.claim("owner_id"));

        Person recycler = people.verified();
        UserResource account = people.realm().users().get(first.accessClaims().getSubject());
        // As if the person had been known under the login that somebody else has now.
        account.removeFederatedIdentity("github");
        FederatedIdentityRepresentation link = new FederatedIdentityRepresentation();
        link.setIdentityProvider("github");
        link.setUserId(Long.toString(before.gitHubId()));
        link.setUserName(recycler.login());
        account.addFederatedIdentity("github", link).close();
        Tokens third = signIn("github", recycler);
        assertThat(actor(third)).isNotEqualTo(actor(first));
        assertThat(third.claim("owner_id")).isNotEqualTo(first.claim("owner_id"));
        assertThat(actor(signIn("github", renamed))).isEqualTo(actor(first));
    }

    @Test
    @DisplayName(
            "Given a second provider is linked, the first unlinked, and the realm applied anew, then the same actor by either")
    void linked() throws Exception {
        Person person = people.verified();
        Tokens byGoogle = signIn("google", person);
        UserResource account =
                people.realm().users().get(byGoogle.accessClaims().getSubject());
        FederatedIdentityRepresentation link = new FederatedIdentityRepresentation();
        link.setIdentityProvider("github");
        link.setUserId(Long.toString(person.gitHubId()));
        link.setUserName(person.login());
        account.addFederatedIdentity("github", link).close();

        Tokens byGitHub = signIn("github", person);
        assertThat(actor(byGitHub)).isEqualTo(actor(byGoogle));
        assertThat(byGitHub.claim("provider")).isEqualTo("google");

        account.removeFederatedIdentity("google");
        RealProviders.apply(running);
        assertThat(actor(signIn("github", person))).isEqualTo(actor(byGoogle));
        assertThat(account.toRepresentation().getAttributes())
                .containsEntry("identity_of_record", List.of("google:" + person.googleSubject()));
    }

    private Tokens signIn(String alias, Person person) throws Exception {
        try (Browser browser = RealProviders.browser(running)) {
            return RealProviders.signIn(running, browser).with(alias, person);
        }
    }

    private static String actor(Tokens tokens) {
        return tokens.claim("actor_uid");
    }
}
