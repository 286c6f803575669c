package dev.latchkey.keycloak.takeover;

import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionTokenHandler;

/**
 * Keycloak's answer to the link of a mail by which an administrator asks for required actions. If one of them makes a new way in, it is
 * as {@link ForgottenPasswordMail}; without, taking away the old ones would lock the person out.
 */
public final class RequiredActionsMail extends ExecuteActionsActionTokenHandler {

    private static final Set<String> WAYS_IN = Set.of("UPDATE_PASSWORD", "webauthn-register-passwordless");

    /** Of two with one id, Keycloak takes the one with the higher order; its own have 0. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Response handleToken(
            ExecuteActionsActionToken token, ActionTokenContext<ExecuteActionsActionToken> context) {
        // The first visit only shows a page that asks to go on.
        if (!context.isAuthenticationSessionFresh()
                && token.getRequiredActions().stream().anyMatch(WAYS_IN::contains)) {
            Takeover.by(token, context);
        }
        return super.handleToken(token, context);
    }
}
