package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.delegate.DelegatingConnection;
import dev.latchkey.rowsecurity.binding.session.Sessions;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** A connection whose statements are bound. */
final class BindingConnection extends DelegatingConnection {

    private static final System.Logger LOG = System.getLogger(BindingConnection.class.getName());

    private final Connection delegate;
    private final BoundTransaction transaction;
    private final boolean lentInAutoCommit;
    private boolean returned;

    BindingConnection(
            Connection delegate,
            OwnerScope scope,
            LoneReads loneReads,
            Sessions sessions,
            @Nullable Signing signing,
            Observer observer)
            throws SQLException {
        this.delegate = delegate;
        this.transaction = new BoundTransaction(delegate, scope, loneReads, sessions, signing, observer);
        this.lentInAutoCommit = delegate.getAutoCommit();
    }

    @Override
    protected Connection delegate() {
        return delegate;
    }

    @Override
    public Statement createStatement() throws SQLException {
        return new BindingStatement(delegate.createStatement(), this, transaction);
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        refuseUpdatable(concurrency);
        return new BindingStatement(delegate.createStatement(type, concurrency), this, transaction);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        refuseUpdatable(concurrency);
        return new BindingStatement(delegate.createStatement(type, concurrency, holdability), this, transaction);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) {
        return prepared(sql, true, delegate::prepareStatement);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        refuseUpdatable(concurrency);
        return prepared(
                sql, type == ResultSet.TYPE_FORWARD_ONLY, text -> delegate.prepareStatement(text, type, concurrency));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        refuseUpdatable(concurrency);
        return prepared(sql, false, text -> delegate.prepareStatement(text, type, concurrency, holdability));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
        return keys == Statement.RETURN_GENERATED_KEYS ? prepareStatement(sql, (String[]) null) : prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] keyIndexes) throws SQLException {
        if (keyIndexes.length > 0) {
            throw new SQLFeatureNotSupportedException(
                    "Keys are returned by name: pgjdbc does not return them by index");
        }
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String @Nullable [] keyNames) throws SQLException {
        if (keyNames != null && keyNames.length == 0) {
            return prepareStatement(sql);
        }
        return KeyReturningStatement.of(
                sql,
                keyNames,
                text -> delegate.prepareStatement(text, keyNames),
                text -> delegate.prepareStatement(text, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY),
                delegate.unwrap(BaseConnection.class),
                this,
                transaction);
    }

    /** The driver would write such rows by statements of its own, even after the transaction that was bound. */
    private static void refuseUpdatable(int concurrency) throws SQLException {
        if (concurrency != ResultSet.CONCUR_READ_ONLY) {
            throw new SQLFeatureNotSupportedException(
                    "Row security does not bind updatable result sets: write with insert, update and delete");
        }
    }

    private PreparedStatement prepared(String sql, boolean canFollowBinding, Preparer preparer) {
        return new BindingPreparedStatement(sql, canFollowBinding, preparer, this, transaction);
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return BindingCall.of(delegate.prepareCall(sql), sql, this, transaction);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        refuseUpdatable(concurrency);
        return BindingCall.of(delegate.prepareCall(sql, type, concurrency), sql, this, transaction);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        refuseUpdatable(concurrency);
        return BindingCall.of(delegate.prepareCall(sql, type, concurrency, holdability), sql, this, transaction);
    }

    @Override
    public Array createArrayOf(String type, Object[] values) throws SQLException {
        return new BindingArray(delegate.createArrayOf(type, values));
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        return BoundMetaData.of(delegate.getMetaData(), this);
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        if (autoCommit == delegate.getAutoCommit()) {
            return;
        }
        transaction.forget();
        try {
            delegate.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            // It commits.
            throw transaction.refusal(e, null);
        }
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        transaction.refuseIfBegun();
        delegate.setReadOnly(readOnly);
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        transaction.refuseIfBegun();
        delegate.setTransactionIsolation(level);
        transaction.isolation(level);
    }

    @Override
    public void commit() throws SQLException {
        transaction.forget();
        try {
            delegate.commit();
        } catch (SQLException e) {
            throw transaction.refusal(e, null);
        }
    }

    @Override
    public void rollback() throws SQLException {
        transaction.forget();
        // Nothing is left to roll back, and a failure here would hide the one that says why.
        if (!transaction.isClosed()) {
            delegate.rollback();
        }
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        transaction.unbind();
        delegate.rollback(savepoint);
    }

    /** Its search_path would be the next one's. */
    @Override
    public void setSchema(String schema) throws SQLException {
        transaction.lease().mark();
        delegate.setSchema(schema);
    }

    /** No pool resets it. */
    @Override
    public void setHoldability(int holdability) throws SQLException {
        if (holdability != delegate.getHoldability()) {
            transaction.lease().mark();
            delegate.setHoldability(holdability);
        }
    }

    /** No pool resets it. */
    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        transaction.lease().mark();
        delegate.setTypeMap(map);
    }

    @Override
    public void close() throws SQLException {
        if (returned) {
            return;
        }
        returned = true;
        transaction.forget();
        if (transaction.isClosed() || (endTransaction() && !transaction.lease().isMarked())) {
            delegate.close();
        } else {
            evict();
        }
    }

    /**
     * Not every pool rolls back what is left open, and the next owner would commit it. A connection that was not lent in auto-commit may
     * be in a transaction of somebody who is not done with it, such as Spring's.
     *
     * @return whether the connection is as it was lent
     */
    private boolean endTransaction() {
        try {
            if (lentInAutoCommit && !delegate.getAutoCommit()) {
                delegate.rollback();
                delegate.setAutoCommit(true);
            }
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** A pool drops what it finds closed on return, and may complain of it: the caller's work is not to blame. */
    private void evict() throws SQLException {
        delegate.abort(Runnable::run);
        try {
            delegate.close();
        } catch (SQLException closedAlready) {
            LOG.log(System.Logger.Level.DEBUG, "The pool closed an evicted connection", closedAlready);
        }
    }
}
