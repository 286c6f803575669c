package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.social.Person;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** People whom nobody has seen before, at the providers and in the realm with the real provider types. */
final class BrokeredPeople {

    static final String PASSWORD = "correct horse battery";

    private final Running running;
    private final RealmResource realm;

    BrokeredPeople(Running running) {
        this.running = running;
        realm = RealProviders.admin(running);
    }

    RealmResource realm() {
        return realm;
    }

    Person verified() {
        return newcomer("%s@example.test", true);
    }

    Person unverified() {
        return newcomer("%s@example.test", false);
    }

    Person withoutEmail() {
        return newcomer(null, false);
    }

    /** Somebody else who shares that person's e-mail at the providers. */
    Person sharing(Person other) {
        return newcomer(other.email(), other.emailVerified());
    }

    private Person newcomer(@Nullable String email, boolean verified) {
        long number = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);
        String login = "p" + number;
        return running.upstreams()
                .introduce(new Person(
                        login,
                        "Given",
                        "Family",
                        "1" + number + number,
                        number,
                        email == null ? null : email.formatted(login),
                        verified));
    }

    /** An account of the realm with {@link #PASSWORD}. */
    String account(String userName, @Nullable String email, boolean emailVerified) {
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(PASSWORD);
        UserRepresentation user = new UserRepresentation();
        user.setUsername(userName);
        user.setEmail(email);
        user.setEmailVerified(emailVerified);
        user.setEnabled(true);
        user.setCredentials(List.of(password));
        try (var response = realm.users().create(user)) {
            return CreatedResponseUtil.getCreatedId(response);
        }
    }

    UserRepresentation user(String id) {
        return realm.users().get(id).toRepresentation();
    }

    /** Aliases of the brokers that the account is linked to. */
    List<String> links(String id) {
        return realm.users().get(id).getFederatedIdentity().stream()
                .map(FederatedIdentityRepresentation::getIdentityProvider)
                .sorted()
                .toList();
    }

    int count() {
        return realm.users().count();
    }

    /** The one account with this e-mail. */
    UserRepresentation withEmail(@Nullable String email) {
        List<UserRepresentation> found = realm.users().searchByEmail(email, true);
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
