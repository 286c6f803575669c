package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.binding.delegate.DelegatingStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement without parameters: the binding before it is literal text, which what an owner consists of allows. */
final class BindingStatement extends DelegatingStatement {

    private final Statement delegate;
    private final BindingConnection connection;
    private final BoundTransaction transaction;
    private boolean sentAlone;
    private boolean answersAlone;

    BindingStatement(Statement delegate, BindingConnection connection, BoundTransaction transaction) {
        this.delegate = delegate;
        this.connection = connection;
        this.transaction = transaction;
    }

    @Override
    protected Statement delegate() {
        return delegate;
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return send(sql, () -> delegate.execute(sql), (sent, rows) -> rows);
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        return new BindingResultSet(send(sql, () -> delegate.executeQuery(sql), Answer::rows), this);
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return send(sql, () -> delegate.executeUpdate(sql), Answer::count);
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return send(sql, () -> delegate.executeLargeUpdate(sql), Answer::largeCount);
    }

    @Override
    public boolean execute(String sql, int keys) throws SQLException {
        return send(sql, () -> delegate.execute(sql, keys), null);
    }

    @Override
    public boolean execute(String sql, int[] keyIndexes) throws SQLException {
        return send(sql, () -> delegate.execute(sql, keyIndexes), null);
    }

    @Override
    public boolean execute(String sql, String[] keyNames) throws SQLException {
        return send(sql, () -> delegate.execute(sql, keyNames), null);
    }

    @Override
    public int executeUpdate(String sql, int keys) throws SQLException {
        return send(sql, () -> delegate.executeUpdate(sql, keys), null);
    }

    @Override
    public int executeUpdate(String sql, int[] keyIndexes) throws SQLException {
        return send(sql, () -> delegate.executeUpdate(sql, keyIndexes), null);
    }

    @Override
    public int executeUpdate(String sql, String[] keyNames) throws SQLException {
        return send(sql, () -> delegate.executeUpdate(sql, keyNames), null);
    }

    @Override
    public long executeLargeUpdate(String sql, int keys) throws SQLException {
        return send(sql, () -> delegate.executeLargeUpdate(sql, keys), null);
    }

    @Override
    public long executeLargeUpdate(String sql, int[] keyIndexes) throws SQLException {
        return send(sql, () -> delegate.executeLargeUpdate(sql, keyIndexes), null);
    }

    @Override
    public long executeLargeUpdate(String sql, String[] keyNames) throws SQLException {
        return send(sql, () -> delegate.executeLargeUpdate(sql, keyNames), null);
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        transaction.missing(sql, false);
        delegate.addBatch(sql);
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return send("", delegate::executeBatch, null);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return send("", delegate::executeLargeBatch, null);
    }

    /** @param answer reads what comes behind a binding; null if nothing can be put before the call */
    private <T> T send(String sql, JdbcCall<T> call, @Nullable Answer<T> answer) throws SQLException {
        boolean atOnce = delegate.getFetchSize() == 0;
        boolean canFollow = !answersAlone && (transaction.isAutoCommit() || (atOnce && transaction.mayStandInText()));
        sentAlone = false;
        return transaction.send(
                sql, atOnce, answer != null && canFollow ? before -> sendBehind(before, sql, answer) : null, call);
    }

    private <T> T sendBehind(Binding before, String sql, Answer<T> answer) throws SQLException {
        sentAlone = before.access() == Access.READ_ALONE;
        delegate.execute(before.literalAround(sql));
        return answer.of(delegate, transaction.skipAnswer(before, delegate));
    }

    /** It would cut the binding's own answer. */
    @Override
    public void setMaxFieldSize(int bytes) throws SQLException {
        answersAlone = true;
        super.setMaxFieldSize(bytes);
    }

    /** The binding's own answer would close it. */
    @Override
    public void closeOnCompletion() throws SQLException {
        answersAlone = true;
        super.closeOnCompletion();
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_ALL_RESULTS);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        boolean rows = delegate.getMoreResults(current);
        return sentAlone ? delegate.getMoreResults(current) : rows;
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        return BindingResultSet.of(delegate.getResultSet(), this);
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return new BindingResultSet(delegate.getGeneratedKeys(), this);
    }

    @Override
    public Connection getConnection() {
        return connection;
    }
}
