package dev.latchkey.keycloak.lock;

import jakarta.persistence.LockModeType;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Requests that change the same thing take turns, on all servers of a cluster: one has the row until its transaction ends, and what others
 * have committed by then is seen from then on. Keycloak's own models lock nothing.
 */
public final class RowLock {

    private RowLock() {}

    /** People of a user federation who have no row are not locked. */
    public static void of(KeycloakSession session, UserModel user) {
        lock(session, "select row from UserEntity row where row.id = :id", user.getId());
    }

    public static void of(KeycloakSession session, RealmModel realm) {
        lock(session, "select row from RealmEntity row where row.id = :id", realm.getId());
    }

    private static void lock(KeycloakSession session, String query, String id) {
        session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(query, Object.class)
                .setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }
}
