package dev.latchkey.keycloak.upstream;

import dev.latchkey.keycloak.linking.ProofByProvider;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.events.EventBuilder;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.social.google.GoogleIdentityProvider;
import org.keycloak.social.google.GoogleIdentityProviderConfig;

/** Keycloak's {@code google} with our {@link ReturnFromProvider}. */
final class Google extends GoogleIdentityProvider {

    Google(KeycloakSession session, GoogleIdentityProviderConfig config) {
        super(session, config);
    }

    @Override
    public Object callback(RealmModel realm, AuthenticationCallback callback, EventBuilder event) {
        return new Endpoint(this, callback, realm, event);
    }

    /** Whatever "Validate Signatures" says: unsigned logout tokens would end people's sessions too (CVE-2026-18569). */
    @Override
    protected boolean verify(JWSInput token) {
        return verifySignature(token);
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

    /** Keycloak finds the methods' addresses in the class that this one extends. */
    private static final class Endpoint extends OIDCEndpoint {

        private final Google google;

        Endpoint(Google google, AuthenticationCallback callback, RealmModel realm, EventBuilder event) {
            super(callback, realm, event, google);
            this.google = google;
        }

        @Override
        public Response authResponse(
                @Nullable String state,
                @Nullable String code,
                @Nullable String error,
                @Nullable String errorDescription) {
            return new ReturnFromProvider(google, session, callback, event)
                    .answer(state, code, error, errorDescription, this::generateTokenRequest);
        }
    }
}
