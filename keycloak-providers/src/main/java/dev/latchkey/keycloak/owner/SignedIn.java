package dev.latchkey.keycloak.owner;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Lets whoever is signed in go on to a workspace. Keycloak's cookie step finds the person and then leaves the rest to its organization step, if
 * the scope names one; that step we do without, because it would ask for the user name alone first.
 */
final class SignedIn implements Authenticator {

    static final SignedIn INSTANCE = new SignedIn();

    private SignedIn() {}

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        // The note is the cookie step's, in this very request, when the cookie alone was enough.
        boolean byCookie =
                "true".equals(context.getAuthenticationSession().getAuthNote(AuthenticationManager.SSO_AUTH));
        if (byCookie && context.getUser() != null) {
            context.success();
        } else {
            context.attempted();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {}

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
