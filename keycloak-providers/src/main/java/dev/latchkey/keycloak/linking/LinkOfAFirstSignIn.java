package dev.latchkey.keycloak.linking;

import dev.latchkey.keycloak.takeover.SignInStamp;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.services.ErrorPageException;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A first sign-in through a provider links its identity to the account that it has made, or to the one that it has asked to be proven. Keycloak
 * (26.7.3) links it to whichever account somebody opens in the same browser, through a provider or by <em>Forgot password?</em>: whoever
 * breaks the sign-in off on a shared machine would be let into the account of the person after them. In every realm, flow and type of broker.
 */
final class LinkOfAFirstSignIn implements ProviderEventListener {

    private static final String MADE = "latchkey.account_made";

    /** For steps that make accounts. */
    static void made(AuthenticationSessionModel signIn, UserModel account) {
        signIn.setAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER, "true");
        signIn.setAuthNote(MADE, account.getId());
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityCreatedEvent link) {
            KeycloakSession session = link.getKeycloakSession();
            AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
            if (signIn != null && isOfFirst(signIn, link) && !isAllowed(signIn, link)) {
                // Keycloak does so by itself since 26.7.
                session.getTransactionManager().setRollbackOnly();
                throw new ErrorPageException(RefusedPage.of(session, signIn, "latchkeyBrokerOtherAccount"));
            }
        }
    }

    /** Else it is the wish of somebody who is signed in, or of an administrator. */
    private static boolean isOfFirst(AuthenticationSessionModel signIn, FederatedIdentityCreatedEvent link) {
        return link.getFederatedIdentity()
                .getIdentityProvider()
                .equals(signIn.getAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS));
    }

    private static boolean isAllowed(AuthenticationSessionModel signIn, FederatedIdentityCreatedEvent link) {
        return !SignInStamp.isOutdated(link.getKeycloakSession(), link.getRealm(), signIn, link.getUser())
                && (isMade(signIn, link) || isAskedFor(signIn, link.getUser()));
    }

    private static boolean isMade(AuthenticationSessionModel signIn, FederatedIdentityCreatedEvent link) {
        if (!Boolean.parseBoolean(signIn.getAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER))) {
            return false;
        }
        String made = signIn.getAuthNote(MADE);
        return made == null ? isEmpty(link) : made.equals(link.getUser().getId());
    }

    /** Keycloak's own steps do not say which account they have made. It has nothing yet by which somebody could sign in. */
    private static boolean isEmpty(FederatedIdentityCreatedEvent link) {
        return link.getUser()
                        .credentialManager()
                        .getStoredCredentialsStream()
                        .findAny()
                        .isEmpty()
                && link.getKeycloakSession()
                        .users()
                        .getFederatedIdentitiesStream(link.getRealm(), link.getUser())
                        .allMatch(identity -> identity.getIdentityProvider()
                                .equals(link.getFederatedIdentity().getIdentityProvider()));
    }

    private static boolean isAskedFor(AuthenticationSessionModel signIn, UserModel account) {
        String asked = signIn.getAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO);
        return asked != null
                && ExistingUserInfo.deserialize(asked).getExistingUserId().equals(account.getId());
    }
}
