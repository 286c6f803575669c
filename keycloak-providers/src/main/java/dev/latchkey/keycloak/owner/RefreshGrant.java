package dev.latchkey.keycloak.owner;

import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.RefreshTokenGrantType;

/** Keycloak's refresh grant, whose new refresh token names its owner as the one before it. */
final class RefreshGrant extends RefreshTokenGrantType {

    /** Where in all versions the tokens are made and not yet signed. */
    @Override
    protected void checkAndBindMtlsHoKToken(TokenManager.AccessTokenResponseBuilder answer, boolean useRefreshToken) {
        super.checkAndBindMtlsHoKToken(answer, useRefreshToken);
        OwnerInForce.nameIn(answer.getRefreshToken(), session);
    }
}
