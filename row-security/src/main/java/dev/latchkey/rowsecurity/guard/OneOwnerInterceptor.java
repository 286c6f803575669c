package dev.latchkey.rowsecurity.guard;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import java.util.Optional;
import org.hibernate.Interceptor;
import org.hibernate.Transaction;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * Holds one persistence context to one owner. Its entities answer {@code find} without SQL, so neither the binder nor Postgres
 * would notice that they are another owner's.
 */
final class OneOwnerInterceptor implements Interceptor {

    private final OwnerScope scope;
    private @Nullable Served served;

    OneOwnerInterceptor(OwnerScope scope) {
        this.scope = scope;
    }

    @Override
    public void afterTransactionBegin(Transaction transaction) {
        if (served != null && !isInScope(served)) {
            // Hibernate would keep the connection of a transaction that nobody will end.
            transaction.rollback();
            throw otherOwner();
        }
    }

    /** Throws {@link OwnerChangedException} if the persistence context serves another owner than the one in scope. */
    void check() {
        if (served != null && !isInScope(served)) {
            throw otherOwner();
        }
    }

    @Override
    public boolean onLoad(Object entity, Object id, Object[] state, String[] propertyNames, Type[] types) {
        serve();
        return false;
    }

    @Override
    public boolean onPersist(Object entity, Object id, Object[] state, String[] propertyNames, Type[] types) {
        serve();
        return false;
    }

    private boolean isInScope(Served before) {
        try {
            return before.owner().equals(scope.binding());
        } catch (UnboundException nobody) {
            return false;
        }
    }

    private void serve() {
        if (served == null) {
            served = new Served(scope.binding());
        }
    }

    private static OwnerChangedException otherOwner() {
        return new OwnerChangedException(
                "This persistence context holds entities of another owner: one EntityManager serves one owner;"
                        + " start a new transaction (REQUIRES_NEW) or take a new EntityManager inside runAs, and switch"
                        + " open-in-view off");
    }

    private record Served(Optional<Owner> owner) {}
}
