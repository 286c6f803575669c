package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.ObserveMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Asks one database whether it only observes, and while it does, again every few seconds. Once it enforces, it is never asked again: observing
 * anew takes a restart. The catalogue answers, which nobody but the tables' owner writes.
 */
final class Observer {

    private static final String OBSERVES =
            "select exists (select from pg_catalog.pg_policy where polname = 'owner_observed_select')";
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final ObserveMode mode;
    private volatile boolean enforced;
    private volatile boolean observed;
    private volatile long askedAt;

    Observer(ObserveMode mode) {
        this.mode = mode;
    }

    /** Leaves the connection in the transaction that it is in, or in none. */
    void ask(Connection connection, BaseConnection driver) {
        if (enforced
                || (observed && System.nanoTime() - askedAt < FRESH_NANOS)
                || driver.getTransactionState() == TransactionState.FAILED) {
            return;
        }
        try {
            observed = observes(connection, driver.getTransactionState() == TransactionState.IDLE);
            enforced = !observed;
            askedAt = System.nanoTime();
        } catch (SQLException unknown) {
            // In doubt nothing is let through; the next time it is asked again.
            observed = false;
        }
        mode.learn(this, observed);
    }

    boolean onlyObserves() {
        return observed;
    }

    private static boolean observes(Connection connection, boolean idle) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OBSERVES)) {
            return row.next() && row.getBoolean(1);
        } finally {
            if (idle && !connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }
}
