package dev.latchkey.keycloak.takeover;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionToken;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionTokenHandler;

/** Keycloak's answer to the link of <em>Forgot password?</em>, after a {@link Takeover}. Under its id, so that it holds in every realm and flow. */
public final class ForgottenPasswordMail extends ResetCredentialsActionTokenHandler {

    /** Of two with one id, Keycloak takes the one with the higher order; its own have 0. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Keycloak declares it
    public Response handleToken(ResetCredentialsActionToken token, ActionTokenContext context) {
        Takeover.by(token, (ActionTokenContext<?>) context);
        return super.handleToken(token, context);
    }
}
