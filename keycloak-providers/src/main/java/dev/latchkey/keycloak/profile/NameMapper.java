package dev.latchkey.keycloak.profile;

import dev.latchkey.keycloak.token.ClaimMapper;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.representations.IDToken;

/**
 * Claim {@code name} of scope {@code profile} (OpenID Connect Core 1.0 §5.4), out of {@code display_name}. Keycloak's own mapper in that scope
 * makes it of first and last name, which nobody is asked for here; theirs stays where somebody has no display name.
 */
public final class NameMapper extends ClaimMapper implements OIDCIDTokenMapper, UserInfoTokenMapper {

    public static final String PROVIDER_ID = "latchkey-name-mapper";

    private static final String ATTRIBUTE = "display_name";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Latchkey: name";
    }

    @Override
    public String getHelpText() {
        return "Adds 'name', the user attribute 'display_name', to ID tokens and userinfo if scope 'profile' was granted.";
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        String name = userSession.getUser().getFirstAttribute(ATTRIBUTE);
        if (name != null
                && context.getClientScopesStream()
                        .map(ClientScopeModel::getName)
                        .anyMatch(OAuth2Constants.SCOPE_PROFILE::equals)) {
            token.setOtherClaims(IDToken.NAME, name);
        }
    }
}
