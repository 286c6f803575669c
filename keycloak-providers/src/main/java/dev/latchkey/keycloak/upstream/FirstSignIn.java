package dev.latchkey.keycloak.upstream;

import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The one sign-in at which an account gets its e-mail from a provider. Later, with "Sync mode: Force", Keycloak would write what the
 * provider says at every sign-in, past the rules of linking: an address that nobody has verified, or that is somebody else's e-mail or user
 * name here. Names, and what mappers write, follow the provider elsewhere.
 */
final class FirstSignIn {

    private FirstSignIn() {}

    static boolean is(BrokeredIdentityContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        return signIn != null
                && Boolean.parseBoolean(signIn.getAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER));
    }
}
