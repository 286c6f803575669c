package dev.latchkey.keycloak.owner;

import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.services.clientpolicy.ClientPolicyContext;

/** Keycloak's device grant, likewise: see {@link CodeGrant}. */
final class DeviceGrant extends DeviceGrantType {

    @Override
    protected Response createTokenResponse(
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext context,
            @Nullable String scope,
            boolean code,
            Function<TokenManager.AccessTokenResponseBuilder, ClientPolicyContext> policies) {
        Authorization.requested(context, scope);
        return super.createTokenResponse(user, userSession, context, scope, code, policies);
    }

    /** Where in all versions the tokens are made and not yet signed. */
    @Override
    protected void checkAndBindMtlsHoKToken(TokenManager.AccessTokenResponseBuilder answer, boolean useRefreshToken) {
        super.checkAndBindMtlsHoKToken(answer, useRefreshToken);
        OwnerInForce.nameIn(answer.getRefreshToken(), session);
    }
}
