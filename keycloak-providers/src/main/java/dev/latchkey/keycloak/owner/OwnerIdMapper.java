package dev.latchkey.keycloak.owner;

import dev.latchkey.keycloak.token.ClaimMapper;
import java.util.Set;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;
import org.keycloak.util.TokenUtil;

/** Claim {@code owner_id}: whom the token acts for. */
public final class OwnerIdMapper extends ClaimMapper implements OIDCAccessTokenMapper, TokenIntrospectionTokenMapper {

    public static final String PROVIDER_ID = "latchkey-owner-id-mapper";

    private static final Set<String> ACCESS_TOKENS = Set.of(TokenUtil.TOKEN_TYPE_BEARER, TokenUtil.TOKEN_TYPE_DPOP);

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Latchkey: owner_id";
    }

    @Override
    public String getHelpText() {
        return "Adds 'owner_id', whom the rows belong to: the workspace named by scope organization:<alias>, else the user attribute"
                + " 'owner_id', else the user's id. Refuses the token if the person is no member of the workspace.";
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        Owner owner = new OwnerInForce(session, userSession, context).decide();
        token.setOtherClaims(OwnerInForce.CLAIM, owner.id().value());
    }

    /**
     * An introspected token that is no access token, or could not be issued now, has no {@code owner_id}, so that it is worth nothing to a
     * resource server.
     */
    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken token,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        // Keycloak until 26.5 introspects ID tokens too.
        if (OIDCAttributeMapperHelper.includeInIntrospection(model) && ACCESS_TOKENS.contains(token.getType())) {
            new OwnerInForce(session, userSession, context)
                    .ofIssued(introspected(session, token))
                    .ifPresent(owner ->
                            token.setOtherClaims(OwnerInForce.CLAIM, owner.id().value()));
        }
        return token;
    }

    /** What a mapper is given is a copy, and lacks the claims of mappers. */
    private static AccessToken introspected(KeycloakSession session, AccessToken copy) {
        String sent =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst("token");
        AccessToken token = sent == null ? null : session.tokens().decode(sent, AccessToken.class);
        return token == null ? copy : token;
    }
}
