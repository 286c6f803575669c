package dev.latchkey.keycloak.linking;

import dev.latchkey.keycloak.profile.OwnProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Makes the account that {@link Outcome.Create} allows. */
final class NewAccount {

    /** Keycloak's columns for names. */
    private static final int NAME_LIMIT = 255;

    private static final Set<String> DECIDED = Set.of(UserModel.USERNAME, UserModel.EMAIL);

    private final KeycloakSession session;
    private final RealmModel realm;

    NewAccount(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * The link to the broker is for the caller to add, in the same transaction or the next.
     *
     * @param identity what {@link Linking} has decided about, in this transaction
     * @param context where names and further attributes come from; what the realm's user profile does not allow is left out, because it
     *     must not keep anybody from signing in
     */
    UserModel create(Outcome.Create outcome, BrokeredIdentity identity, BrokeredIdentityContext context) {
        if (outcome.unconfirmed() != null) {
            outcome.unconfirmed().setEmail(null);
        }
        // Writes the line above to the database too, before the e-mail is taken again.
        UserModel account = session.users().addUser(realm, userName(context));
        account.setEnabled(true);
        account.setEmail(identity.email());
        account.setEmailVerified(identity.emailVerified());
        allowed(further(context.getAttributes())).forEach(account::setAttribute);
        account.setFirstName(name(UserModel.FIRST_NAME, context.getFirstName()));
        account.setLastName(name(UserModel.LAST_NAME, context.getLastName()));
        return account;
    }

    /**
     * A name says nothing about who somebody is: where the proposed one is taken, as a name or as an e-mail, another one is made. Or where it
     * looks like an e-mail: whoever has that mailbox, now or some day, would be led to this account.
     */
    private String userName(BrokeredIdentityContext context) {
        String proposed = context.getModelUsername();
        boolean free = proposed != null
                && !proposed.contains("@")
                && session.users().getUserByUsername(realm, proposed) == null
                && session.users().getUserByEmail(realm, proposed) == null;
        return free ? proposed : context.getIdpConfig().getAlias() + "." + UUID.randomUUID();
    }

    private @Nullable String name(String attribute, @Nullable String value) {
        if (value == null || value.length() > NAME_LIMIT) {
            return null;
        }
        OwnProfile profile = new OwnProfile(session, Map.of(attribute, List.of(value)), null);
        return !profile.isDeclared(attribute) || isAllowed(profile, attribute) ? value : null;
    }

    /** Without what has been decided already: Keycloak keeps user name and e-mail in columns that go by names of attributes too. */
    static Map<String, List<String>> further(Map<String, List<String>> attributes) {
        Map<String, List<String>> further = new HashMap<>(attributes);
        further.keySet().removeAll(DECIDED);
        return further;
    }

    private Map<String, List<String>> allowed(Map<String, List<String>> attributes) {
        OwnProfile profile = new OwnProfile(session, attributes, null);
        Map<String, List<String>> allowed = new HashMap<>(attributes);
        allowed.keySet().removeIf(name -> !isAllowed(profile, name));
        return allowed;
    }

    private static boolean isAllowed(OwnProfile profile, String name) {
        return profile.isEditable(name) && profile.errors(name).isEmpty();
    }
}
