package dev.latchkey.keycloak.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.latchkey.keycloak.linking.BrokeredIdentities;
import dev.latchkey.keycloak.linking.ProofByProvider;
import dev.latchkey.keycloak.version.ByName;
import java.io.IOException;
import java.util.stream.StreamSupport;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.provider.IdentityProvider$AuthenticationCallback;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.simple.SimpleHttp;
import org.keycloak.http.simple.SimpleHttpResponse;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.social.github.GitHubIdentityProvider;

/**
 * Keycloak's {@code github} with our {@link ReturnFromProvider}, and with a look at whether GitHub has verified the e-mail. The address is
 * the primary one of {@code GET /user/emails}; the public profile's may be another, and says nothing about verification.
 */
final class GitHub extends GitHubIdentityProvider {

    private static final ByName KEYCLOAKS_ENDPOINT = ByName.constructor(Endpoint.class);

    GitHub(KeycloakSession session, OAuth2IdentityProviderConfig config) {
        super(session, config);
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
        Endpoint keycloaks = (Endpoint) KEYCLOAKS_ENDPOINT.make(callback, realm, event, this);
        return new ReturnEndpoint(new ReturnFromProvider(
                this, session, (IdentityBrokerService) callback, event, keycloaks::generateTokenRequest));
    }

    @Override
    protected BrokeredIdentityContext doGetFederatedIdentity(String accessToken) {
        JsonNode profile = get(getConfig().getUserInfoUrl(), accessToken);
        if (getJsonProperty(profile, "id") == null) {
            throw new IdentityBrokerException("The profile at GitHub has no id");
        }
        BrokeredIdentityContext identity = extractIdentityFromProfile(null, profile);
        // Without it, Keycloak would take proofs that it keeps by this id for anybody's at GitHub (CVE-2026-82968).
        identity.setBrokerUserId(getConfig().getAlias() + "." + identity.getId());
        if (!isKnown(identity)) {
            readEmail(identity, get(getConfig().getUserInfoUrl() + "/emails", accessToken));
        }
        return identity;
    }

    private boolean isKnown(BrokeredIdentityContext identity) {
        FederatedIdentityModel link = new FederatedIdentityModel(getConfig().getAlias(), identity.getId(), null);
        return session.users().getUserByFederatedIdentity(session.getContext().getRealm(), link) != null;
    }

    private void readEmail(BrokeredIdentityContext identity, JsonNode emails) {
        StreamSupport.stream(emails.spliterator(), false)
                .filter(email -> email.path("primary").asBoolean())
                .findFirst()
                .ifPresent(primary -> {
                    String email = getJsonProperty(primary, "email");
                    identity.setEmail(email);
                    if (email != null && primary.path("verified").asBoolean()) {
                        identity.getContextData().put(BrokeredIdentities.VERIFIED_EMAIL, email);
                    }
                });
    }

    /** Nothing where the token does not reach: the person or the admin has not asked for scope {@code user:email}. */
    private JsonNode get(String url, String accessToken) {
        try (SimpleHttpResponse response = SimpleHttp.create(session)
                .doGet(url)
                .auth(accessToken)
                .acceptJson()
                .asResponse()) {
            int status = response.getStatus();
            if (status == 403 || status == 404) {
                return MissingNode.getInstance();
            }
            if (status != 200) {
                throw new IdentityBrokerException("The API of GitHub answered " + status);
            }
            return response.asJson();
        } catch (IOException e) {
            throw new IdentityBrokerException("The API of GitHub gave no answer that can be read", e);
        }
    }

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session, RealmModel realm, BrokeredIdentityContext context) {
        ProofByProvider.check(session, realm, context);
    }

    @Override
    public void updateBrokeredUser(
            KeycloakSession session, RealmModel realm, UserModel user, BrokeredIdentityContext context) {
        if (FirstSignIn.is(context)) {
            super.updateBrokeredUser(session, realm, user, context);
        }
    }

    /** {@code Trust Email} stays off: it would believe every address. */
    @Override
    protected void setEmailVerified(UserModel user, BrokeredIdentityContext context) {
        user.setEmailVerified(BrokeredIdentities.of(context).emailVerified());
    }
}
