package dev.latchkey.keycloak.identity;

import dev.latchkey.keycloak.profile.AdminOnlyAttributes;
import dev.latchkey.keycloak.token.TokenRefusal;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Reads the identity of record of the person signed in, and fixes it when there is none yet. */
public final class IdentityOfRecord {

    /** The user attribute; the realm's user profile lets admins alone see and edit it. */
    static final String ATTRIBUTE = "identity_of_record";

    /**
     * How somebody is signed in of whom an administrator wants to see a token (console: Clients, Client scopes, Evaluate). Nobody has signed
     * in then, and to look at an account changes nothing of it.
     */
    private static final String PREVIEW = "example-auth";

    private static final Logger LOG = Logger.getLogger(IdentityOfRecord.class);

    private IdentityOfRecord() {}

    /**
     * The identity of record, the same for every client, provider and session from the first token on.
     *
     * @throws jakarta.ws.rs.WebApplicationException if what is stored cannot be used: no token is issued then
     */
    public static Identity of(KeycloakSession session, UserSessionModel userSession) {
        UserModel user = userSession.getUser();
        String stored = user.getFirstAttribute(ATTRIBUTE);
        try {
            if (stored != null) {
                return Identity.parse(stored);
            }
            Identity first = firstIdentity(session, userSession, user);
            if (!PREVIEW.equals(userSession.getAuthMethod())) {
                AdminOnlyAttributes.write(session, user, ATTRIBUTE, first.value());
            }
            return first;
        } catch (IllegalArgumentException e) {
            LOG.errorf(
                    "No identity of record in realm %s: %s",
                    userSession.getRealm().getName(), e.getMessage());
            throw TokenRefusal.serverError(
                    session, "The identity of this account cannot be established; tell the administrator");
        }
    }

    /**
     * The identity of record that is fixed already, without fixing one.
     *
     * @throws IllegalArgumentException if what is stored cannot be used
     */
    public static Optional<Identity> known(UserModel user) {
        return Optional.ofNullable(user.getFirstAttribute(ATTRIBUTE)).map(Identity::parse);
    }

    /**
     * For when somebody else has the account than whoever came through the provider: the next token fixes another identity, and whoever still
     * has that one keeps their pseudonym to themselves. A local account's is nobody else's.
     */
    public static void forgetBroker(KeycloakSession session, UserModel user) {
        String stored = user.getFirstAttribute(ATTRIBUTE);
        if (stored != null
                && !stored.equals(Identity.ofLocalAccount(user.getId()).value())) {
            AdminOnlyAttributes.remove(session, user, ATTRIBUTE);
        }
    }

    private static Identity firstIdentity(KeycloakSession session, UserSessionModel userSession, UserModel user) {
        RealmModel realm = userSession.getRealm();
        if (user.getServiceAccountClientLink() != null) {
            ClientModel client = realm.getClientById(user.getServiceAccountClientLink());
            return Identity.ofServiceAccount(client.getClientId());
        }
        FederatedIdentityModel federated =
                federatedIdentity(session, realm, user, userSession.getNote(Details.IDENTITY_PROVIDER));
        return federated == null
                ? Identity.ofLocalAccount(user.getId())
                : Identity.ofBroker(federated.getIdentityProvider(), federated.getUserId());
    }

    /**
     * The session's note {@code identity_provider} is the broker's alias; {@code identity_provider_identity} beside it is the user
     * <em>name</em>, which at GitHub can be changed and taken over. Sessions of a JWT authorization grant and those of the console's
     * token preview have no note: there an account that never had a password can only have come from its one broker.
     */
    private static @Nullable FederatedIdentityModel federatedIdentity(
            KeycloakSession session, RealmModel realm, UserModel user, @Nullable String alias) {
        if (alias != null) {
            return session.users().getFederatedIdentity(realm, user, alias);
        }
        if (user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)) {
            return null;
        }
        var linked = session.users().getFederatedIdentitiesStream(realm, user).toList();
        return linked.size() == 1 ? linked.get(0) : null;
    }
}
