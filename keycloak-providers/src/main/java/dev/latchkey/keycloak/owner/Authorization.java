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

    /** Attribute of the context: the scope that the code or device code was asked for, empty for none. */
    private static final String REQUESTED = Authorization.class.getName();

    private final KeycloakSession session;
    private final ClientSessionContext context;

    Authorization(KeycloakSession session, ClientSessionContext context) {
        this.session = session;
        this.context = context;
    }

    /** To be told before tokens are made, by grants whose authorization was another request than this one. */
    static void requested(ClientSessionContext context, @Nullable String scope) {
        context.setAttribute(REQUESTED, scope == null ? "" : scope);
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
        return isExchange() ? exchanged(granted) : authorized(granted);
    }

    private boolean isExchange() {
        return isGrant(OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE);
    }

    private boolean isGrant(String type) {
        return type.equals(context.getAttribute(Constants.GRANT_TYPE, String.class));
    }

    private OwnerChoice authorized(OwnerChoice granted) throws OwnerRefusedException {
        if (granted.workspace() == null && OwnerChoice.of(requestedScope()).workspace() != null) {
            throw OwnerRefusedException.unreachableWorkspace();
        }
        return granted;
    }

    /**
     * The note with the requested scope belongs to the client's session, where another tab may have put its own request since: it is good
     * for those grants only that have put it there in this very request.
     */
    private @Nullable String requestedScope() {
        String ofCode = context.getAttribute(REQUESTED, String.class);
        if (ofCode != null) {
            return ofCode;
        }
        return isExchange()
                ? parameter(OAuth2Constants.SCOPE)
                : context.getClientSession().getNote(OAuth2Constants.SCOPE);
    }

    /**
     * The owner that the answer is to have, because the token that it is made of has it.
     *
     * @return null if there is no such token, or it does not say, or the request is free to name another
     */
    @Nullable
    String keptOwner() throws OwnerRefusedException {
        if (isRefresh()) {
            return OwnerInForce.ownerOf(token(OAuth2Constants.REFRESH_TOKEN, RefreshToken.class));
        }
        return isExchange() && !OwnerChoice.isMadeIn(parameter(OAuth2Constants.SCOPE))
                ? OwnerInForce.ownerOf(token(OAuth2Constants.SUBJECT_TOKEN, AccessToken.class))
                : null;
    }

    /** An exchange (RFC 8693 §2.1) may change the owner, but only by saying so: without a scope it would be for the person. */
    private OwnerChoice exchanged(OwnerChoice granted) throws OwnerRefusedException {
        if (!OwnerChoice.isMadeIn(parameter(OAuth2Constants.SCOPE))
                && !choiceOf(OAuth2Constants.SUBJECT_TOKEN, AccessToken.class).equals(granted)) {
            throw new OwnerRefusedException("The token to exchange is for a workspace: name it, or ask for personal");
        }
        return authorized(granted);
    }

    private OwnerChoice refreshed(OwnerChoice granted) throws OwnerRefusedException {
        // A refresh token keeps the scope of its authorization through all rotations, whatever the refreshes ask for.
        OwnerChoice authorized = choiceOf(OAuth2Constants.REFRESH_TOKEN, RefreshToken.class);
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

    private OwnerChoice choiceOf(String parameter, Class<? extends AccessToken> type) throws OwnerRefusedException {
        return OwnerChoice.of(token(parameter, type).getScope());
    }

    private AccessToken token(String parameter, Class<? extends AccessToken> type) throws OwnerRefusedException {
        AccessToken token = session.tokens().decode(parameter(parameter), type);
        if (token == null) {
            throw new OwnerRefusedException("The token that was sent cannot be read");
        }
        return token;
    }

    private @Nullable String parameter(String name) {
        return session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(name);
    }
}
