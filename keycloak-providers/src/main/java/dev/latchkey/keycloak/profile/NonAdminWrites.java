package dev.latchkey.keycloak.profile;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Restores the {@link AdminOnlyAttributes} of everybody who has registered, changed their profile or come through a broker, at the end of
 * each request in which they did.
 *
 * <p>A listener, because Keycloak makes every listener at the beginning of a request that may end in an event, for all forms, brokers and
 * types of mappers alike. What administrators change is no {@link Event}.
 */
final class NonAdminWrites implements EventListenerProvider {

    /** Those that take attributes from the person. A realm may let people set any that its user profile does not declare. */
    private static final Set<EventType> OF_PROFILES =
            EnumSet.of(EventType.REGISTER, EventType.UPDATE_PROFILE, EventType.UPDATE_EMAIL);

    private final KeycloakSession session;
    private final Set<String> accounts = new HashSet<>();

    NonAdminWrites(KeycloakSession session) {
        this.session = session;
        // Made now, because they enlist themselves in the transaction, which nothing can do any more once it is being
        // committed.
        session.users();
        session.getProvider(UserProvider.class, "jpa");
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                restore();
            }

            @Override
            protected void rollbackImpl() {}
        });
    }

    @Override
    public void onEvent(Event event) {
        if (event.getUserId() != null && (OF_PROFILES.contains(event.getType()) || isThroughBroker(event))) {
            accounts.add(event.getUserId());
        }
    }

    private static boolean isThroughBroker(Event event) {
        return event.getDetails() != null && event.getDetails().containsKey(Details.IDENTITY_PROVIDER);
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {}

    private void restore() {
        RealmModel realm = session.getContext().getRealm();
        if (realm == null) {
            return;
        }
        String unfinished = unfinished(session.getContext().getAuthenticationSession());
        if (unfinished != null) {
            accounts.add(unfinished);
        }
        for (String id : accounts) {
            UserModel account = session.users().getUserById(realm, id);
            if (account != null) {
                AdminOnlyAttributes.restore(session, realm, account);
            }
        }
    }

    /** The account of a sign-in through a broker that goes on in another request, with a required action for instance. */
    private static @Nullable String unfinished(@Nullable AuthenticationSessionModel signIn) {
        if (signIn == null
                || (!signIn.getUserSessionNotes().containsKey(Details.IDENTITY_PROVIDER)
                        && signIn.getAuthNote(AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE) == null)) {
            return null;
        }
        UserModel account = signIn.getAuthenticatedUser();
        return account == null ? null : account.getId();
    }

    @Override
    public void close() {}
}
