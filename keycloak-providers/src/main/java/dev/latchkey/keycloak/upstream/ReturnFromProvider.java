package dev.latchkey.keycloak.upstream;

import dev.latchkey.keycloak.eventlog.EventLogFactory;
import dev.latchkey.keycloak.linking.BrokeredIdentities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuthErrorException;
import org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.http.simple.SimpleHttpRequest;
import org.keycloak.http.simple.SimpleHttpResponse;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The person comes back from the provider (RFC 6749 §4.1.2). Keycloak's own endpoint does the same, but writes the provider's answers to
 * the log, tokens among them, and ends every trouble on a page that says nothing and leads nowhere. Here trouble is an event with a
 * reason, which Keycloak logs as one line, and the person is back on the sign-in page, told what to do.
 */
final class ReturnFromProvider {

    /** Real answers have 2 KB. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final AbstractOAuth2IdentityProvider<?> provider;
    private final KeycloakSession session;
    private final IdentityBrokerService callback;
    private final EventBuilder event;
    private final TokenRequest request;

    ReturnFromProvider(
            AbstractOAuth2IdentityProvider<?> provider,
            KeycloakSession session,
            IdentityBrokerService callback,
            EventBuilder event,
            TokenRequest request) {
        this.provider = provider;
        this.session = session;
        this.callback = callback;
        this.event = event;
        this.request = request;
    }

    /** Makes the request that redeems the code. */
    interface TokenRequest {
        SimpleHttpRequest redeeming(String code);
    }

    Response answer(@Nullable String state, @Nullable String code, @Nullable String error) {
        AuthenticationSessionModel signIn;
        try {
            signIn = callback.getAndVerifyAuthenticationSession(String.valueOf(state));
        } catch (WebApplicationException e) {
            return e.getResponse();
        } catch (RuntimeException e) {
            // What a state that nobody here has made leads to.
            failed("the provider returned without a state of ours");
            return ErrorPage.error(session, null, Response.Status.BAD_REQUEST, Messages.INVALID_REQUEST);
        }
        session.getContext().setAuthenticationSession(signIn);
        try {
            if (!provider.getConfig().isEnabled()) {
                // Keycloak asks itself since 26.7; before, only when somebody sets out.
                throw UpstreamTrouble.disabled();
            }
            return code == null || error != null
                    ? withoutCode(error)
                    : withIdentity(signIn, identity(request.redeeming(code)));
        } catch (WebApplicationException e) {
            return e.getResponse();
        } catch (UpstreamTrouble trouble) {
            failed(trouble.reason());
            return callback.error(provider.getConfig(), trouble.messageKey());
        }
    }

    private Response withoutCode(@Nullable String error) throws UpstreamTrouble {
        if (AbstractOAuth2IdentityProvider.ACCESS_DENIED.equals(error)) {
            return callback.cancelled(provider.getConfig());
        }
        if (OAuthErrorException.LOGIN_REQUIRED.equals(error)
                || OAuthErrorException.INTERACTION_REQUIRED.equals(error)) {
            return callback.error(provider.getConfig(), error);
        }
        throw UpstreamTrouble.error();
    }

    private BrokeredIdentityContext identity(SimpleHttpRequest request) throws UpstreamTrouble {
        try (SimpleHttpResponse response = request.asResponse()) {
            if (response.getStatus() != 200) {
                throw UpstreamTrouble.status(response.getStatus());
            }
            String answer = response.asString();
            if (answer == null || answer.length() > LONGEST_ANSWER) {
                throw new IdentityBrokerException("The answer of the token endpoint is empty or too long");
            }
            return provider.getFederatedIdentity(answer);
        } catch (IOException | RuntimeException e) {
            throw UpstreamTrouble.of(e);
        }
    }

    private Response withIdentity(AuthenticationSessionModel signIn, BrokeredIdentityContext identity)
            throws UpstreamTrouble {
        BrokeredIdentities.setBroker(identity, provider);
        identity.setAuthenticationSession(signIn);
        try {
            return callback.authenticated(identity);
        } catch (IdentityBrokerException e) {
            throw UpstreamTrouble.of(e);
        }
    }

    private void failed(String reason) {
        event.clone()
                .event(EventType.IDENTITY_PROVIDER_LOGIN)
                .detail(Details.IDENTITY_PROVIDER, provider.getConfig().getAlias())
                .detail(Details.REASON, reason)
                .detail(EventLogFactory.REASON, reason)
                .removeDetail(Details.IDENTITY_PROVIDER_USERNAME)
                .error(Errors.IDENTITY_PROVIDER_LOGIN_FAILURE);
    }
}
