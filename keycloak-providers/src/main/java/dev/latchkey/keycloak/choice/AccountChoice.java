package dev.latchkey.keycloak.choice;

import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.Action;
import org.keycloak.util.TokenUtil;

/**
 * Answers {@code prompt=select_account} (OpenID Connect Core 1.0 §3.1.2.1), which Keycloak 26.7 passes on to providers, but not while its own
 * cookie signs somebody in: then it answers with that account. And a sign-in as somebody else would end with an error page, because it belongs to
 * the session of that cookie.
 *
 * <p>So this lets the browser forget whom it is signed in as and begins anew. What applications have got for that account stays good: nobody
 * asked to sign out of them.
 */
final class AccountChoice implements Authenticator {

    static final AccountChoice INSTANCE = new AccountChoice();

    /** Marks the new beginning, so that a browser that keeps its cookie is not sent round for ever. */
    private static final String BEGUN_ANEW = "latchkey.account-choice";

    private AccountChoice() {}

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (isAsked(context.getAuthenticationSession()) && isSignedIn(context)) {
            context.forceChallenge(Response.seeOther(beginAnew(context)).build());
        } else {
            context.attempted();
        }
    }

    private static boolean isAsked(AuthenticationSessionModel session) {
        String prompt = session.getClientNote(OIDCLoginProtocol.PROMPT_PARAM);
        return TokenUtil.hasPrompt(prompt, OIDCLoginProtocol.PROMPT_VALUE_SELECT_ACCOUNT)
                && !TokenUtil.hasPrompt(prompt, OIDCLoginProtocol.PROMPT_VALUE_NONE)
                && session.getAuthNote(BEGUN_ANEW) == null;
    }

    private static boolean isSignedIn(AuthenticationFlowContext context) {
        return AuthenticationManager.authenticateIdentityCookie(context.getSession(), context.getRealm(), true) != null;
    }

    private static URI beginAnew(AuthenticationFlowContext context) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel asked = context.getAuthenticationSession();
        AuthenticationManager.expireIdentityCookie(session);
        // Under a root of its own: that of the old one has the id of the session that is left.
        AuthenticationSessionModel anew = new AuthenticationSessionManager(session)
                .createAuthenticationSession(context.getRealm(), true)
                .createAuthenticationSession(asked.getClient());
        anew.setProtocol(asked.getProtocol());
        anew.setRedirectUri(asked.getRedirectUri());
        anew.setAction(Action.AUTHENTICATE.name());
        anew.setClientScopes(asked.getClientScopes());
        asked.getClientNotes().forEach(anew::setClientNote);
        anew.setAuthNote(BEGUN_ANEW, "true");
        return new AuthenticationFlowURLHelper(session, context.getRealm(), context.getUriInfo())
                .getLastExecutionUrl(anew);
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
