package dev.latchkey.keycloak.exchange;

import dev.latchkey.keycloak.linking.BrokeredIdentities;
import dev.latchkey.keycloak.lock.RowLock;
import dev.latchkey.keycloak.profile.AdminOnlyAttributes;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.broker.provider.IdentityProviderMapperSyncModeDelegate;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What the hosted login does once a provider has said who somebody is: the steps of Keycloak's IdentityBrokerService (26.7), whose
 * methods are private and end in pages. Whether an account is found, linked or made is decided by the very flow that the broker is
 * configured with; where it would show a page, the login is refused.
 */
final class BrokerLogin {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EventBuilder event;
    private final AbstractIdentityProvider<?> broker;
    private final BrokeredIdentityContext identity;
    private final String provider;

    BrokerLogin(
            KeycloakSession session,
            EventBuilder event,
            AbstractIdentityProvider<?> broker,
            BrokeredIdentityContext identity) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.event = event;
        this.broker = broker;
        this.identity = identity;
        this.provider = identity.getIdpConfig().getAlias();
    }

    /** Leads to a login that has nothing left to do but to become a session. */
    AuthenticationSessionModel of(@Nullable String scope) throws ExchangeRefusedException {
        // Before there is a login: with one, Keycloak looks for the nonce that it would have sent to the provider.
        broker.preprocessFederatedIdentity(session, realm, identity);
        AuthenticationSessionModel login = newLogin(scope);
        BrokeredIdentities.setBroker(identity, broker);
        identity.setAuthenticationSession(login);
        identity.setToken(null);
        eachMapper((mapper, model) -> mapper.preprocessFederatedIdentity(session, realm, model, identity));

        UserModel known = known();
        if (known == null) {
            // The same person may be signing in for the first time in another request.
            RowLock.of(session, realm);
            known = known();
        }
        if (known == null) {
            firstLogin(login);
        } else {
            requireAllowed(known);
            update(known);
            login.setAuthenticatedUser(known);
        }
        String after = identity.getIdpConfig().getPostBrokerLoginFlowId();
        if (after != null) {
            run(
                    after,
                    LoginActionsService.POST_BROKER_LOGIN_PATH,
                    PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT,
                    login);
        }
        // The token is made in this request, not in one after it.
        AdminOnlyAttributes.restore(session, realm, login.getAuthenticatedUser());
        finish(login);
        return login;
    }

    private @Nullable UserModel known() {
        return session.users()
                .getUserByFederatedIdentity(
                        realm, new FederatedIdentityModel(provider, identity.getId(), identity.getUsername(), null));
    }

    private AuthenticationSessionModel newLogin(@Nullable String scope) {
        AuthenticationSessionModel login = new AuthenticationSessionManager(session)
                .createAuthenticationSession(realm, false)
                .createAuthenticationSession(session.getContext().getClient());
        login.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        login.setAction(AuthenticationSessionModel.Action.AUTHENTICATE.name());
        login.setClientNote(
                OIDCLoginProtocol.ISSUER,
                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        login.setClientNote(OAuth2Constants.SCOPE, scope);
        return login;
    }

    private void firstLogin(AuthenticationSessionModel login) throws ExchangeRefusedException {
        if (identity.getModelUsername() == null) {
            identity.setModelUsername(identity.getUsername());
        }
        String configured = identity.getIdpConfig().getFirstBrokerLoginFlowId();
        String flow = configured == null ? realm.getFirstBrokerLoginFlow().getId() : configured;
        run(flow, LoginActionsService.FIRST_BROKER_LOGIN_PATH, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE, login);
        UserModel user = login.getAuthenticatedUser();
        requireAllowed(user);
        session.users()
                .addFederatedIdentity(
                        realm,
                        user,
                        new FederatedIdentityModel(provider, identity.getId(), identity.getUsername(), null));
        if (Boolean.parseBoolean(login.getAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER))) {
            fill(user);
        } else {
            update(user);
            eventOf(user, EventType.FEDERATED_IDENTITY_LINK).success();
        }
    }

    private void fill(UserModel user) {
        broker.importNewUser(session, realm, user, identity);
        eachMapper((mapper, model) -> mapper.importNewUser(session, realm, user, model, identity));
        broker.updateBrokeredUser(session, realm, user, identity);
        eventOf(user, EventType.REGISTER)
                .detail(Details.REGISTER_METHOD, "broker")
                .detail(Details.EMAIL, user.getEmail())
                .success();
    }

    private void update(UserModel user) {
        if (identity.getIdpConfig().getSyncMode() == IdentityProviderSyncMode.FORCE) {
            if (identity.getFirstName() != null) {
                user.setFirstName(identity.getFirstName());
            }
            if (identity.getLastName() != null) {
                user.setLastName(identity.getLastName());
            }
        }
        broker.updateBrokeredUser(session, realm, user, identity);
        eachMapper((mapper, model) -> IdentityProviderMapperSyncModeDelegate.delegateUpdateBrokeredUser(
                session, realm, user, model, identity, mapper));
    }

    private void requireAllowed(UserModel user) throws ExchangeRefusedException {
        event.user(user);
        if (!user.isEnabled()) {
            throw ExchangeRefusedException.account(Errors.USER_DISABLED);
        }
        String locked = locked(user);
        if (locked != null) {
            throw ExchangeRefusedException.account(locked);
        }
    }

    /** Nobody guesses passwords here: with a login in its context, Keycloak takes a person for locked whose other sign-in is still under way. */
    private @Nullable String locked(UserModel user) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        session.getContext().setAuthenticationSession(null);
        try {
            return AuthenticatorUtils.getDisabledByBruteForceEventError(
                    session.getProvider(BruteForceProtector.class), session, realm, user);
        } finally {
            session.getContext().setAuthenticationSession(login);
        }
    }

    /** Flows find the identity in a note of the login, and may change there what the provider has told. */
    private void run(String flow, String path, String note, AuthenticationSessionModel login)
            throws ExchangeRefusedException {
        SerializedBrokeredIdentityContext.serialize(identity).saveToAuthenticationSession(login, note);
        AuthenticationProcessor processor = new AuthenticationProcessor();
        processor
                .setAuthenticationSession(login)
                .setFlowId(flow)
                .setFlowPath(path)
                .setConnection(session.getContext().getConnection())
                .setEventBuilder(event.clone())
                .setRealm(realm)
                .setSession(session)
                .setUriInfo(session.getContext().getUri())
                .setRequest(session.getContext().getHttpRequest());
        try {
            if (processor.authenticateOnly() != null) {
                throw ExchangeRefusedException.interactionRequired(provider);
            }
        } catch (AuthenticationFlowException e) {
            throw ExchangeRefusedException.interactionRequired(provider);
        }
        login.removeAuthNote(note);
    }

    private void finish(AuthenticationSessionModel login) throws ExchangeRefusedException {
        login.setAuthNote(AuthenticationProcessor.BROKER_SESSION_ID, identity.getBrokerSessionId());
        login.setAuthNote(AuthenticationProcessor.BROKER_USER_ID, identity.getBrokerUserId());
        login.setUserSessionNote(Details.IDENTITY_PROVIDER, provider);
        login.setUserSessionNote(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername());
        AuthenticationManager.setClientScopesInSession(session, login);
        // Consent of the person to this client counts as one of them.
        if (AuthenticationManager.nextRequiredAction(
                        session, login, session.getContext().getHttpRequest(), event)
                != null) {
            throw ExchangeRefusedException.interactionRequired(provider);
        }
    }

    private EventBuilder eventOf(UserModel user, EventType type) {
        return event.clone()
                .event(type)
                .user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername());
    }

    private void eachMapper(BiConsumer<IdentityProviderMapper, IdentityProviderMapperModel> step) {
        session.identityProviders()
                .getMappersByAliasStream(provider)
                .forEach(model -> step.accept(
                        (IdentityProviderMapper) session.getKeycloakSessionFactory()
                                .getProviderFactory(IdentityProviderMapper.class, model.getIdentityProviderMapper()),
                        model));
    }
}
