package dev.latchkey.keycloak.exchange;

import dev.latchkey.keycloak.version.ByName;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityProvider;
import org.keycloak.broker.provider.IdentityProviderFactory;
import org.keycloak.broker.social.SocialIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.OAuth2GrantTypeBase;
import org.keycloak.provider.Provider;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.PreTokenRequestContext;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.social.github.GitHubIdentityProvider;

/** Signs somebody in with a token that the app holds from a provider: {@code docs/reference/exchange.md}. */
final class ProviderTokenGrant extends OAuth2GrantTypeBase {

    private static final ByName IS_LINK_ONLY = ByName.method(IdentityProviderModel.class, "isLinkOnly");

    private final Attempts attempts;

    ProviderTokenGrant(Attempts attempts) {
        this.attempts = attempts;
    }

    @Override
    public EventType getEventType() {
        return EventType.LOGIN;
    }

    @Override
    public Set<String> getTokenParameterNames() {
        return Set.of(SubjectToken.VALUE);
    }

    @Override
    public void preProcess(KeycloakSession session, MultivaluedMap<String, String> form) throws ClientPolicyException {
        session.clientPolicy().triggerOnEvent(new PreTokenRequestContext(session, form));
    }

    @Override
    public Response process(Context context) {
        setContext(context);
        event.detail(Details.AUTH_METHOD, OIDCLoginProtocol.LOGIN_PROTOCOL);
        try {
            return exchange();
        } catch (ExchangeRefusedException e) {
            session.getTransactionManager().setRollbackOnly();
            event.detail(Details.REASON, e.description()).error(e.event());
            if (!e.retryAfter().isZero()) {
                response.setHeader(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(Math.max(1, e.retryAfter().toSeconds())));
            }
            throw new CorsErrorResponseException(cors, e.error(), e.description(), e.status());
        } catch (RuntimeException e) {
            // An answer of its own bypasses Keycloak's error handler, which would have rolled back: no account is left
            // half made.
            session.getTransactionManager().setRollbackOnly();
            throw e;
        }
    }

    private Response exchange() throws ExchangeRefusedException {
        ProviderTokenSettings settings =
                ProviderTokenSettings.of(client).orElseThrow(ExchangeRefusedException::clientNotAllowed);
        String caller = CallerAddress.of(clientConnection.getRemoteAddr());
        attempts.count(String.join("\n", "address", client.getId(), caller), settings.perMinute());
        String scope = getRequestedScopes();
        SubjectToken subject = SubjectToken.of(formParams);

        AbstractIdentityProvider<?> broker = broker(subject, settings);
        BrokeredIdentityContext identity = read(broker, subject, settings);
        event.detail(Details.IDENTITY_PROVIDER, subject.provider());
        attempts.count(
                String.join("\n", "person", realm.getId(), subject.provider(), identity.getId()), settings.perMinute());

        AuthenticationSessionModel login = new BrokerLogin(session, event, broker, identity).of(scope);
        event.detail(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername())
                .detail(Details.CODE_ID, login.getParentSession().getId());
        ClientSessionContext clientSession =
                AuthenticationProcessor.attachSession(login, null, session, realm, clientConnection, event);
        UserSessionModel userSession = clientSession.getClientSession().getUserSession();
        userSession.setNote(AuthenticationManager.AUTH_TIME, Integer.toString(userSession.getStarted()));
        updateUserSessionFromClientAuth(userSession);
        AuthenticationManager.logSuccess(session, login);
        return createTokenResponse(userSession.getUser(), userSession, clientSession, scope, false, null);
    }

    private AbstractIdentityProvider<?> broker(SubjectToken subject, ProviderTokenSettings settings)
            throws ExchangeRefusedException {
        IdentityProviderModel model = settings.providers().contains(subject.provider())
                ? session.identityProviders().getByAlias(subject.provider())
                : null;
        if (model == null || !model.isEnabled() || Boolean.TRUE.equals(IS_LINK_ONLY.call(model))) {
            throw ExchangeRefusedException.malformed("provider is none that this client may use");
        }
        // Keycloak's broker service does the same, in a method that each version has with other types.
        return Stream.<Class<? extends Provider>>of(IdentityProvider.class, SocialIdentityProvider.class)
                .map(type -> session.getKeycloakSessionFactory().getProviderFactory(type, model.getProviderId()))
                .filter(IdentityProviderFactory.class::isInstance)
                .map(factory -> ((IdentityProviderFactory<?>) factory).create(session, model))
                .filter(AbstractIdentityProvider.class::isInstance)
                .map(AbstractIdentityProvider.class::cast)
                .findFirst()
                .orElseThrow(ProviderTokenGrant::wrongType);
    }

    private BrokeredIdentityContext read(
            AbstractIdentityProvider<?> broker, SubjectToken subject, ProviderTokenSettings settings)
            throws ExchangeRefusedException {
        if (broker instanceof OIDCIdentityProvider oidc && subject.isIdToken()) {
            return new IdTokenReader(session, oidc).read(subject, settings);
        }
        if (broker instanceof GitHubIdentityProvider gitHub && !subject.isIdToken()) {
            return new GitHubTokenReader(session, gitHub).read(subject);
        }
        throw wrongType();
    }

    private static ExchangeRefusedException wrongType() {
        return ExchangeRefusedException.malformed("provider takes no token of this type");
    }
}
