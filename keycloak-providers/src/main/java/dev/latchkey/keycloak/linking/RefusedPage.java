package dev.latchkey.keycloak.linking;

import jakarta.ws.rs.core.Response;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page that says why a sign-in through a provider cannot go on, and leads back to its beginning. */
final class RefusedPage {

    private static final String TEMPLATE = "latchkey-broker-refused.ftl";

    private RefusedPage() {}

    static Response of(
            KeycloakSession session, AuthenticationSessionModel signIn, String messageKey, Object... parameters) {
        return session.getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(signIn)
                .setStatus(Response.Status.CONFLICT)
                .setError(messageKey, parameters)
                .createForm(TEMPLATE);
    }
}
