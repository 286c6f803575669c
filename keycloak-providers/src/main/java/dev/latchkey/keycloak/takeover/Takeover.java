package dev.latchkey.keycloak.takeover;

import dev.latchkey.keycloak.identity.IdentityOfRecord;
import dev.latchkey.keycloak.lock.RowLock;
import java.util.stream.Stream;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.DefaultActionToken;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.RequiredAction;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The owner of a mailbox takes over an account that claims their address. Whoever made it has never shown that the address is theirs, and
 * Keycloak (26.7.3) leaves them every way in but the password: links to providers, passkeys, sessions, sign-ins half done.
 */
final class Takeover {

    private final ActionTokenContext<?> mail;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;
    private final UserModel account;

    private Takeover(ActionTokenContext<?> mail) {
        this.mail = mail;
        this.session = mail.getSession();
        this.realm = mail.getRealm();
        this.signIn = mail.getAuthenticationSession();
        this.account = signIn.getAuthenticatedUser();
    }

    /**
     * Does nothing to an account whose e-mail is confirmed: there the mail went to the one who has the account.
     *
     * @param link what was opened in the mail that went to the account's address; Keycloak has found it genuine and not used yet
     */
    static void by(DefaultActionToken link, ActionTokenContext<?> mail) {
        var takeover = new Takeover(mail);
        if (!takeover.account.isEmailVerified() && link.getEmail() != null) {
            takeover.putOthersOut();
            takeover.confirm();
        }
    }

    private void putOthersOut() {
        RowLock.of(session, account);
        session.users().getFederatedIdentitiesStream(realm, account).toList().forEach(this::unlink);
        account.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getId)
                .toList()
                .forEach(account.credentialManager()::removeStoredCredentialById);
        session.users()
                .getConsentsStream(realm, account.getId())
                .map(UserConsentModel::getClient)
                .toList()
                .forEach(client -> session.users().revokeConsentForClient(realm, account.getId(), client.getId()));
        // A mail on its way elsewhere would take the account along.
        account.removeAttribute(UserModel.EMAIL_PENDING);
        IdentityOfRecord.forgetBroker(session, account);
        endSessions();
        SignInStamp.outdateAll(session, realm, account);
    }

    private void unlink(FederatedIdentityModel link) {
        session.users().removeFederatedIdentity(realm, account, link.getIdentityProvider());
        mail.getEvent()
                .clone()
                .event(EventType.REMOVE_FEDERATED_IDENTITY)
                .user(account)
                .detail(Details.IDENTITY_PROVIDER, link.getIdentityProvider())
                .success();
    }

    private void endSessions() {
        Stream.concat(
                        session.sessions().getUserSessionsStream(realm, account),
                        session.sessions().getOfflineUserSessionsStream(realm, account))
                .toList()
                .forEach(this::end);
        // Keycloak has put the one of the last logout there.
        session.getContext().setAuthenticationSession(signIn);
    }

    /** But for the session of the very browser that opened the link: with it, the sign-in under way would end. */
    private void end(UserSessionModel other) {
        if (!other.getId().equals(signIn.getParentSession().getId())) {
            AuthenticationManager.backchannelLogout(session, other, false);
        }
    }

    private void confirm() {
        account.setEmailVerified(true);
        account.removeRequiredAction(RequiredAction.VERIFY_EMAIL);
        signIn.removeRequiredAction(RequiredAction.VERIFY_EMAIL);
        SignInStamp.remove(signIn);
    }
}
