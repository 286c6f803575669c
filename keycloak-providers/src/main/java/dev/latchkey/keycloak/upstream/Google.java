package dev.latchkey.keycloak.upstream;

import dev.latchkey.keycloak.linking.ProofByProvider;
import dev.latchkey.keycloak.version.ByName;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.provider.IdentityProvider$AuthenticationCallback;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.social.google.GoogleIdentityProvider;
import org.keycloak.social.google.GoogleIdentityProviderConfig;

/** Keycloak's {@code google} with our {@link ReturnFromProvider}. */
final class Google extends GoogleIdentityProvider {

    private static final ByName KEYCLOAKS_ENDPOINT = ByName.constructor(OIDCEndpoint.class);

    Google(KeycloakSession session, GoogleIdentityProviderConfig config) {
        super(session, config);
        // Whatever "Validate Signatures" says: unsigned logout tokens would end people's sessions too (CVE-2026-18569).
        config.setValidateSignature(true);
    }

    @Override
    public Object callback(RealmModel realm, AuthenticationCallback callback, EventBuilder event) {
        return returnEndpoint(realm, callback, event);
    }

    /** The same in Keycloak 26.4. */
    public Object callback(RealmModel realm, IdentityProvider$AuthenticationCallback callback, EventBuilder event) {
        return returnEndpoint(realm, callback, event);
    }

    private ReturnEndpoint returnEndpoint(RealmModel realm, Object callback, EventBuilder event) {
        OIDCEndpoint keycloaks = (OIDCEndpoint) KEYCLOAKS_ENDPOINT.make(callback, realm, event, this);
        return new GoogleReturnEndpoint(
                new ReturnFromProvider(
                        this, session, (IdentityBrokerService) callback, event, keycloaks::generateTokenRequest),
                keycloaks::logoutResponse);
    }

    /** Keycloak takes a token without expiry, or with 0, for one that never expires (OpenID Connect Core 1.0 §2: it is required). */
    @Override
    protected JsonWebToken validateToken(String encodedToken, boolean ignoreAudience) {
        JsonWebToken token = super.validateToken(encodedToken, ignoreAudience);
        if (token.getExp() == null || token.getExp() == 0) {
            throw new IdentityBrokerException("The token has no expiry");
        }
        return token;
    }

    /** Keycloak would answer the browser with JSON when the nonce is wrong (OpenID Connect Core 1.0 §3.1.3.7 no. 11). */
    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session, RealmModel realm, BrokeredIdentityContext context) {
        try {
            super.preprocessFederatedIdentity(session, realm, context);
        } catch (ErrorResponseException e) {
            throw new IdentityBrokerException("The ID token has another nonce", e);
        }
        ProofByProvider.check(session, realm, context);
    }

    @Override
    public void updateBrokeredUser(
            KeycloakSession session, RealmModel realm, UserModel user, BrokeredIdentityContext context) {
        if (FirstSignIn.is(context)) {
            super.updateBrokeredUser(session, realm, user, context);
        }
    }
}
