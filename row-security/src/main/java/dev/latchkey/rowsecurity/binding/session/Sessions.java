package dev.latchkey.rowsecurity.binding.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** What is known of the sessions of one data source: how they look when the pool has made them, and which statements leave nothing. */
public final class Sessions {

    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final AtomicLong checked = new AtomicLong(System.nanoTime() - FRESH_NANOS);
    private volatile @Nullable Look first;
    private volatile Verdicts verdicts = new Verdicts(Catalogue.UNREAD);

    /**
     * Watches a connection from now on.
     *
     * @param driver the driver's own connection, as the pool lends it
     */
    public Lease lend(BaseConnection driver) {
        // In the middle of a transaction the session is still its beginner's, who got it from elsewhere.
        return new Lease(this, driver, driver.getTransactionState() == TransactionState.IDLE);
    }

    /** What the statement leaves, as far as it is known; null if nothing of its shape has been seen. */
    @Nullable
    Trace known(String sql) {
        return verdicts.known(sql);
    }

    /** Whether it is this caller's turn to see if the definitions are still the same. */
    boolean isDue() {
        long last = checked.get();
        return System.nanoTime() - last >= FRESH_NANOS && checked.compareAndSet(last, System.nanoTime());
    }

    /** What a query has to ask for, as a column. */
    String question() {
        return Look.column(verdicts.version());
    }

    void learn(Look look) {
        if (!look.version().equals(verdicts.version())) {
            verdicts = new Verdicts(Catalogue.of(look.version(), look.definitions()));
        }
        if (first == null) {
            first = look;
        }
        checked.set(System.nanoTime());
    }

    /** The most that any of the statements leaves by what is known now. */
    Trace judge(Collection<String> statements) {
        Verdicts latest = verdicts;
        return statements.stream().map(latest::judge).reduce(Trace.NONE, Trace::or);
    }

    /** Whether anything was left on a session that nobody needs any more. */
    boolean isMarked(BaseConnection driver) throws SQLException {
        Look untouched = first;
        Look now = look(driver);
        return untouched == null || now.differsFrom(untouched);
    }

    /** Past the pool's own bookkeeping and outside of any transaction, so that nothing has to be rolled back for it. */
    private Look look(BaseConnection driver) throws SQLException {
        boolean autoCommit = driver.getAutoCommit();
        if (!autoCommit) {
            driver.rollback();
            driver.setAutoCommit(true);
        }
        try (Statement statement = driver.createStatement()) {
            statement.setFetchSize(0);
            try (ResultSet row = statement.executeQuery("select " + question())) {
                Look look = row.next() ? Look.of(row) : null;
                if (look == null) {
                    throw new SQLException("The session could not be looked at");
                }
                learn(look);
                return look;
            }
        } finally {
            driver.setAutoCommit(autoCommit);
        }
    }
}
