package dev.latchkey.keycloak.profile;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The attributes behind claims that nobody chooses for themselves. The user profile holds forms and account API to that where it declares
 * them; a realm that does not, and lets people set what is not declared ("Unmanaged Attributes: Enabled"), does not. And mappers of brokers
 * write to the user model past it: one that imports a claim into {@code owner_id} would let the upstream, or whoever may edit their profile
 * there, choose whose rows they see.
 */
public final class AdminOnlyAttributes {

    private static final List<String> NAMES = List.of("identity_of_record", "owner_id", "tier", "permissions");

    private static final Logger LOG = Logger.getLogger(AdminOnlyAttributes.class);

    private AdminOnlyAttributes() {}

    /** For our own code, whose writes {@link #restore} leaves alone. Straight to the model: the user profile allows no user to write it. */
    public static void write(KeycloakSession session, UserModel user, String name, String value) {
        user.setSingleAttribute(name, value);
        session.setAttribute(note(user, name), new Ours(List.of(value)));
    }

    /** As {@link #write}: the attribute is gone. */
    public static void remove(KeycloakSession session, UserModel user, String name) {
        user.removeAttribute(name);
        session.setAttribute(note(user, name), new Ours(List.of()));
    }

    /** What our own code wants it to be. */
    private record Ours(List<String> values) {}

    /**
     * Undoes what this request has written to them so far, before a token is made of it and before it is committed. A new account has
     * none.
     */
    public static void restore(KeycloakSession session, RealmModel realm, UserModel user) {
        Map<String, List<String>> committed = committed(session, realm.getId(), user.getId());
        for (String name : NAMES) {
            Ours ours = session.getAttribute(note(user, name), Ours.class);
            List<String> right = ours == null ? Objects.requireNonNull(committed.get(name)) : ours.values();
            if (!user.getAttributeStream(name).toList().equals(right)) {
                LOG.warnf(
                        "Attribute '%2$s' of a user of realm %1$s, which only administrators set, was written by a broker's mapper or by the user: undone. See the mappers, and declare the attribute in the user profile",
                        realm.getName(), name);
                if (right.isEmpty()) {
                    user.removeAttribute(name);
                } else {
                    user.setAttribute(name, right);
                }
            }
        }
    }

    private static String note(UserModel user, String name) {
        return AdminOnlyAttributes.class.getName() + "." + user.getId() + "." + name;
    }

    /** As others see them until this request is committed. */
    private static Map<String, List<String>> committed(KeycloakSession session, String realmId, String userId) {
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), other -> {
            RealmModel realm = other.realms().getRealm(realmId);
            other.getContext().setRealm(realm);
            UserModel user = other.users().getUserById(realm, userId);
            return NAMES.stream()
                    .collect(Collectors.toMap(
                            name -> name,
                            name -> user == null
                                    ? List.of()
                                    : user.getAttributeStream(name).toList()));
        });
    }
}
