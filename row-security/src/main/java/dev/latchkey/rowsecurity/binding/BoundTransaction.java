package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.BindingFailedException;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.PolicyViolationException;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.binding.session.Lease;
import dev.latchkey.rowsecurity.binding.session.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.AutoSave;

/** The transaction that is open on one connection, and whom it is bound to. */
final class BoundTransaction {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String ACTIVE_TRANSACTION = "25001";

    private final Connection connection;
    private final BaseConnection driver;
    private final OwnerScope scope;
    private final Observer observer;
    private final LoneReads loneReads;
    private final Lease lease;
    private final @Nullable Seal seal;
    private boolean readCommitted = true;
    /** Whom the transaction serves; null before its first statement. */
    private @Nullable Binding served;
    /** Whether the server holds {@link #served} for the transaction that is open there. */
    private boolean bound;

    private boolean closed;

    BoundTransaction(
            Connection connection,
            OwnerScope scope,
            LoneReads loneReads,
            Sessions sessions,
            @Nullable Signing signing,
            Observer observer)
            throws SQLException {
        if (!connection.isWrapperFor(BaseConnection.class)) {
            throw new BindingFailedException("Row security binds connections of the driver org.postgresql only", null);
        }
        this.connection = connection;
        this.driver = connection.unwrap(BaseConnection.class);
        this.scope = scope;
        this.observer = observer;
        this.loneReads = loneReads;
        this.lease = sessions.lend(driver);
        this.seal = signing == null ? null : new Seal(signing, driver.getBackendPID());
    }

    /** What the connection's statements leave on it. */
    Lease lease() {
        return lease;
    }

    /**
     * Sends a statement bound: behind its binding where that is possible, else by itself, after a binding in a round trip of its own.
     * A statement whose transaction is bound already just goes out.
     *
     * @param atOnce whether what it answers behind a binding is read to its end at once
     * @param behind sends it behind a binding; null if it cannot go behind one
     * @param alone sends it by itself
     */
    <T> T send(String sql, boolean atOnce, @Nullable BehindBinding<T> behind, JdbcCall<T> alone) throws SQLException {
        Binding missing = missing(sql, behind != null && atOnce);
        Binding before = behind == null ? null : missing;
        try {
            if (behind != null && before != null) {
                return behind.send(before);
            }
            if (missing != null) {
                bindSeparately(missing);
            }
            return alone.run();
        } catch (SQLException e) {
            if (before != null && startOver(before, e)) {
                return send(sql, atOnce, behind, alone);
            }
            throw refusal(e, before);
        }
    }

    /**
     * Called before every statement.
     *
     * @param canFollow whether the statement can go behind its binding and is read to its end at once
     * @return what has to be bound with or before the statement; null if the transaction already is
     * @throws UnboundException if nobody is in scope, or an owner is and no transaction
     * @throws OwnerChangedException if the transaction serves another owner
     */
    @Nullable
    Binding missing(String sql, boolean canFollow) throws SQLException {
        Optional<Owner> owner = owner();
        ReservedSql.refuse(sql, driver.getStandardConformingStrings());
        lease.note(sql);
        boolean readOnly = connection.isReadOnly();
        if (connection.getAutoCommit()) {
            if (owner.isPresent() && scope.isTransactionRequired()) {
                scope.observeMode()
                        .refuse(
                                new UnboundException(
                                        "SQL outside of a transaction cannot be bound to an owner: annotate the method with"
                                                + " @Transactional or use a TransactionTemplate; what concerns no owner runs in OwnerScope.unowned"));
                owner = Optional.empty();
            }
            return Binding.of(owner, readOnly ? Access.READ : Access.WRITE, seal, lease.question());
        }
        boolean idle = driver.getTransactionState() == TransactionState.IDLE;
        // The driver is asked as well: a procedure or DO block can end the transaction without a call that passes here.
        if (idle && bound) {
            forget();
        }
        if (served != null && !served.owner().equals(owner)) {
            throw new OwnerChangedException("This transaction is bound to another owner than the one now in scope: one"
                    + " transaction serves one owner; start another one (REQUIRES_NEW) inside runAs or unowned");
        }
        if (bound) {
            return null;
        }
        return Binding.of(
                owner,
                idle && canFollow && readOnly && canStandAlone(sql)
                        ? Access.READ_ALONE
                        : readOnly ? Access.READ : Access.WRITE,
                seal,
                lease.question());
    }

    /** The database is asked whether it only observes where no owner is concerned, or before the first refusal: bound work pays nothing. */
    private Optional<Owner> owner() {
        Optional<Owner> owner;
        try {
            owner = scope.binding();
        } catch (UnboundException refusal) {
            observer.ask(connection, driver);
            return scope.binding();
        }
        if (owner.isEmpty()) {
            observer.ask(connection, driver);
        }
        return owner;
    }

    /** With autosave the driver would want its savepoint back after the commit. */
    private boolean canStandAlone(String sql) {
        return readCommitted
                && driver.getAutosave() == AutoSave.NEVER
                && driver.getStandardConformingStrings()
                && loneReads.admit(sql);
    }

    /**
     * Whether a statement that failed behind {@code sent} has to be sent again, because it cannot be a transaction of its own: the
     * isolation level of this data source is not READ COMMITTED. Nothing of it has run.
     */
    private boolean startOver(Binding sent, SQLException e) throws SQLException {
        if (sent.access() != Access.READ_ALONE || !ACTIVE_TRANSACTION.equals(e.getSQLState())) {
            return false;
        }
        loneReads.giveUp();
        connection.rollback();
        return true;
    }

    /**
     * Called before a property of the transaction changes.
     *
     * @throws SQLException if statements of it have been transactions of their own, of which the driver knows nothing: it refuses the others
     */
    void refuseIfBegun() throws SQLException {
        if (served != null && served.access() == Access.READ_ALONE) {
            throw new SQLException(
                    "Cannot change the isolation level or read-only property in the middle of a transaction.",
                    ACTIVE_TRANSACTION);
        }
    }

    void isolation(int level) {
        readCommitted = level == Connection.TRANSACTION_READ_COMMITTED;
    }

    boolean isAutoCommit() throws SQLException {
        return connection.getAutoCommit();
    }

    /** Whether a binding may stand in SQL text, which others who log in as the same role see in {@code pg_stat_activity}. */
    boolean mayStandInText() {
        return seal == null || seal.isUselessElsewhere();
    }

    /** Rows that statements of this connection fetch at a time unless they say otherwise; 0 means all. */
    int defaultFetchSize() {
        return driver.getDefaultFetchSize();
    }

    /** Whether a failed binding has closed the connection, and ended the transaction thereby. */
    boolean isClosed() {
        return closed;
    }

    /** Commit, rollback, another auto-commit mode. */
    void forget() {
        served = null;
        bound = false;
    }

    /** A rollback to a savepoint reverts the setting. */
    void unbind() {
        bound = false;
    }

    /** Binds in a round trip of its own, for statements that nothing can be put before. */
    void bindSeparately(Binding binding) throws SQLException {
        if (connection.getAutoCommit()) {
            scope.observeMode()
                    .refuse(new UnboundException(
                            "Calls, cursors and some batches need a transaction, even inside OwnerScope.unowned:"
                                    + " annotate the method with @Transactional or use a TransactionTemplate"));
            return;
        }
        boolean failedBefore = driver.getTransactionState() == TransactionState.FAILED;
        try (PreparedStatement statement = connection.prepareStatement(binding.sql())) {
            binding.applyTo(statement);
            statement.setFetchSize(0);
            try (ResultSet answer = statement.executeQuery()) {
                confirm(binding, answer);
            }
        } catch (SQLException e) {
            if (failedBefore) {
                throw e;
            }
            throw failed(e);
        }
    }

    /**
     * Called after a statement that was sent behind its binding: checks the binding's answer and moves on to the statement's.
     *
     * @return whether that answer is a result set, as {@link Statement#getMoreResults()} says
     */
    boolean skipAnswer(Binding binding, Statement sent) throws SQLException {
        try (ResultSet answer = sent.getResultSet()) {
            confirm(binding, answer);
        }
        return sent.getMoreResults();
    }

    /** What a failure of a statement is for the caller; thrown unchecked if it is row security's. */
    SQLException refusal(SQLException e, @Nullable Binding sentBefore) {
        if (sentBefore != null && concernsBinding(e)) {
            throw failed(e);
        }
        if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
            throw new PolicyViolationException(
                    "Postgres refused the statement: a row would belong to another owner, or the login role lacks the grant",
                    ServerMessage.withoutRows(e));
        }
        return ServerMessage.withoutRows(e);
    }

    private void confirm(Binding binding, ResultSet answer) throws SQLException {
        if (!binding.isConfirmedBy(answer)) {
            throw failed(null);
        }
        lease.learnFrom(answer);
        if (!connection.getAutoCommit()) {
            served = binding;
            bound = binding.access() != Access.READ_ALONE;
        }
    }

    /**
     * Both halves of a flush fail as one, and the transaction with them, so nothing runs unbound either way. This only tells who
     * is to blame: names that stand in the server's message untranslated.
     */
    private static boolean concernsBinding(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("set_config") || message.contains("app.user_id") || message.contains("app.context");
    }

    private BindingFailedException failed(@Nullable SQLException cause) {
        forget();
        closed = true;
        BindingFailedException failure = new BindingFailedException(
                "The owner could not be bound to the transaction, so its connection was closed: may the login role execute"
                        + " set_config, and is the connection alive?",
                cause);
        try {
            // A pool drops what it finds closed on return: HikariCP 7 by clearing warnings, others by their validation.
            connection.abort(Runnable::run);
        } catch (SQLException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
        return failure;
    }
}
