package dev.latchkey.keycloak.owner;

import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;

/**
 * What was authorized, as opposed to what Keycloak granted of it. Keycloak drops the scope of a workspace that the person is no member
 * of and answers as if the person had been asked for; and it lets a refresh drop or widen such a scope. Either would move a token to
 * another owner in silence.
 */
final class Authorization {

    private final KeycloakSession session;
    private final ClientSessionContext context;

    Authorization(KeycloakSession session, ClientSessionContext context) {
        this.session = session;
        this.context = context;
    }

    boolean isRefresh() {
        return isGrant(OAuth2Constants.REFRESH_TOKEN);
    }

    /** @throws OwnerRefusedException if the owner asked for is not the one granted */
    OwnerChoice owner() throws OwnerRefusedException {
        OwnerChoice granted = OwnerChoice.of(context.getScopeString(true));
        if (isRefresh()) {
            return refreshed(granted);
        }
        return isGrant(OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE) ? exchanged(granted) : authorized(granted);
    }

    private boolean isGrant(String type) {
        return type.equals(context.getAttribute(Constants.GRANT_TYPE, String.class));
    }

    /**
     * The note with the requested scope belongs to the client's session, where a second tab may have put its own request: a workspace
     * that was granted stands, one that was asked for and not granted is refused.
     */
    private OwnerChoice authorized(OwnerChoice granted) throws OwnerRefusedException {
        OwnerChoice requested = OwnerChoice.of(context.getClientSession().getNote(OAuth2Constants.SCOPE));
        if (granted.workspace() == null && requested.workspace() != null) {
            throw OwnerRefusedException.unreachableWorkspace();
        }
        return granted;
    }

    /** An exchange (RFC 8693 §2.1) may change the owner, but only by saying so: without a scope it would be for the person. */
    private OwnerChoice exchanged(OwnerChoice granted) throws OwnerRefusedException {
        if (!OwnerChoice.isMadeIn(parameter(OAuth2Constants.SCOPE))
                && !ownerOf(OAuth2Constants.SUBJECT_TOKEN, AccessToken.class).equals(granted)) {
            throw new OwnerRefusedException("The token to exchange is for a workspace: name it, or ask for personal");
        }
        return authorized(granted);
    }

    private OwnerChoice refreshed(OwnerChoice granted) throws OwnerRefusedException {
        // A refresh token keeps the scope of its authorization through all rotations, whatever the refreshes ask for.
        OwnerChoice authorized = ownerOf(OAuth2Constants.REFRESH_TOKEN, RefreshToken.class);
        String requested = parameter(OAuth2Constants.SCOPE);
        if (requested != null
                && !requested.isBlank()
                && !OwnerChoice.of(requested).equals(authorized)) {
            throw new OwnerRefusedException("A refresh keeps its owner: authorize again to act for another one");
        }
        if (!granted.equals(authorized)) {
            throw OwnerRefusedException.unreachableWorkspace();
        }
        return granted;
    }

    private OwnerChoice ownerOf(String parameter, Class<? extends AccessToken> type) throws OwnerRefusedException {
        AccessToken token = session.tokens().decode(parameter(parameter), type);
        if (token == null) {
            throw new OwnerRefusedException("The token that was sent cannot be read");
        }
        return OwnerChoice.of(token.getScope());
    }

    private @Nullable String parameter(String name) {
        return session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(name);
    }
}
