package dev.latchkey.keycloak.identity;

import dev.latchkey.keycloak.token.ClaimMapper;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.representations.IDToken;

/** Claims {@code provider} and {@code created_at} (epoch seconds). */
public final class IdentityMapper extends ClaimMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper, UserInfoTokenMapper {

    public static final String PROVIDER_ID = "latchkey-identity-mapper";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Latchkey: provider and created_at";
    }

    @Override
    public String getHelpText() {
        return "Adds 'provider', where the person first signed in (a broker alias, 'password' or 'client'), and 'created_at', when the"
                + " account was made, in seconds since 1970.";
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        token.setOtherClaims(
                "provider", IdentityOfRecord.of(session, userSession).provider());
        Long createdMillis = userSession.getUser().getCreatedTimestamp();
        if (createdMillis != null) {
            token.setOtherClaims("created_at", createdMillis / 1000);
        }
    }
}
