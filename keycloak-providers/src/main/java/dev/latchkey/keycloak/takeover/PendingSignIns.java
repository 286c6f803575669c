package dev.latchkey.keycloak.takeover;

import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Ends the sign-ins that somebody began before another took the account over: who waited on the page that asks to confirm the e-mail would be
 * let in by the other's confirmation. A listener for the same reason as the one of {@code profile}.
 */
final class PendingSignIns implements EventListenerProvider {

    private final KeycloakSession session;

    PendingSignIns(KeycloakSession session) {
        this.session = session;
        // Made now: see the other.
        session.users();
        session.getProvider(UserProvider.class, "jpa");
        session.authenticationSessions();
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                stamp();
            }

            @Override
            protected void rollbackImpl() {}
        });
    }

    private void stamp() {
        RealmModel realm = session.getContext().getRealm();
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        if (realm != null && signIn != null) {
            SignInStamp.put(session, realm, signIn);
        }
    }

    /** The application gets a code without a session behind it, which is worth nothing. */
    @Override
    public void onEvent(Event event) {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        if (event.getType() != EventType.LOGIN || event.getSessionId() == null || signIn == null) {
            return;
        }
        RealmModel realm = signIn.getRealm();
        UserSessionModel opened = session.sessions().getUserSession(realm, event.getSessionId());
        if (opened != null && SignInStamp.isOutdated(session, realm, signIn, opened.getUser())) {
            session.sessions().removeUserSession(realm, opened);
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {}

    @Override
    public void close() {}
}
