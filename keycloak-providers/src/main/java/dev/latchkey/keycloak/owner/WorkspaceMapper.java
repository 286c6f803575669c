package dev.latchkey.keycloak.owner;

import dev.latchkey.keycloak.token.ClaimMapper;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.representations.IDToken;

/** Claim {@code workspace}: the one that the token acts for, and the person's role in it; absent if it acts for the person. */
public final class WorkspaceMapper extends ClaimMapper implements OIDCAccessTokenMapper, OIDCIDTokenMapper {

    public static final String PROVIDER_ID = "latchkey-workspace-mapper";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Latchkey: workspace";
    }

    @Override
    public String getHelpText() {
        return "Adds 'workspace' with 'id', 'alias' and 'role' if scope organization:<alias> names the workspace to act for. The role is"
                + " 'owner' or 'admin' for members of the organization's group of that name, else 'member'.";
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        Workspace workspace =
                new OwnerInForce(session, userSession, context).decide().workspace();
        if (workspace != null) {
            token.setOtherClaims("workspace", workspace.claim());
        }
    }
}
