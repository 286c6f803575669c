package dev.latchkey.keycloak.linking;

import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Signing in through a provider proves the account that is to be linked, and no other. Keycloak links whichever account that sign-in
 * opens: somebody who left the question open on a shared machine would be let into the account of whoever signs in there next.
 */
public final class ProofByProvider {

    private ProofByProvider() {}

    /**
     * For providers to call when they know who has signed in.
     *
     * @param proof who has signed in; says nothing unless an account is to be linked in this authentication session
     * @throws IdentityBrokerException with a message code if it is another account; the question is closed then
     */
    public static void check(KeycloakSession session, RealmModel realm, BrokeredIdentityContext proof) {
        AuthenticationSessionModel signIn = proof.getAuthenticationSession();
        if (signIn == null) {
            return;
        }
        String asked = signIn.getAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO);
        if (asked == null) {
            // Of a first sign-in that somebody has broken off here before it came to the question, or after it made an
            // account.
            signIn.removeAuthNote(AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
            signIn.removeAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER);
            return;
        }
        UserModel proven = session.users()
                .getUserByFederatedIdentity(
                        realm, new FederatedIdentityModel(proof.getIdpConfig().getAlias(), proof.getId(), null));
        if (proven != null
                && !proven.getId().equals(ExistingUserInfo.deserialize(asked).getExistingUserId())) {
            signIn.removeAuthNote(AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
            signIn.removeAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO);
            throw new IdentityBrokerException("Another account than the one to be linked has signed in")
                    .withMessageCode("latchkeyBrokerOtherAccount");
        }
    }
}
