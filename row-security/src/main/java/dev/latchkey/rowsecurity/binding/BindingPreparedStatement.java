package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.binding.delegate.Parameter;
import dev.latchkey.rowsecurity.binding.delegate.RecordingPreparedStatement;
import dev.latchkey.rowsecurity.binding.delegate.Setting;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is prepared when it runs: only then is it known whether it goes out behind its binding, as
 * {@code binding; statement} with all parameters shifted, or alone because the transaction is bound already. Batches of several
 * rows, generated keys and cursors cannot go behind a binding (pgjdbc 42.7); they are bound in a round trip of their own.
 */
final class BindingPreparedStatement extends RecordingPreparedStatement {

    private final String sql;
    private final Preparer preparer;
    private final BindingConnection connection;
    private final BoundTransaction transaction;
    private final List<Setting> settings = new ArrayList<>(0);
    private final List<Parameters> batch = new ArrayList<>(0);
    private Parameters parameters = new Parameters();
    private boolean canFollowBinding;
    private int fetchSize;
    private @Nullable PreparedStatement prepared;
    /** The binding that the statement is prepared behind, by its text; null if behind none. */
    private @Nullable Access preparedBehind;

    private boolean closed;

    BindingPreparedStatement(
            String sql,
            boolean canFollowBinding,
            Preparer preparer,
            BindingConnection connection,
            BoundTransaction transaction) {
        this.sql = sql;
        this.canFollowBinding = canFollowBinding;
        this.preparer = preparer;
        this.connection = connection;
        this.transaction = transaction;
        this.fetchSize = transaction.defaultFetchSize();
    }

    @Override
    protected PreparedStatement delegate() throws SQLException {
        return prepared != null ? prepared : prepare(null);
    }

    private PreparedStatement prepare(@Nullable Binding before) throws SQLException {
        if (closed) {
            throw new SQLException("This statement has been closed.", "55000");
        }
        Access behind = before == null ? null : before.access();
        if (prepared != null && preparedBehind == behind) {
            return prepared;
        }
        if (prepared != null) {
            prepared.close();
        }
        PreparedStatement statement = preparer.prepare(before == null ? sql : before.around(sql));
        prepared = statement;
        preparedBehind = behind;
        for (Setting setting : settings) {
            setting.applyTo(statement);
        }
        return statement;
    }

    @Override
    protected void record(int index, Parameter parameter) throws SQLException {
        parameters.set(index, parameter);
    }

    @Override
    public void setArray(int index, Array array) throws SQLException {
        super.setArray(index, (Array) BindingArray.driversOwn(array));
    }

    @Override
    public void setObject(int index, Object value) throws SQLException {
        super.setObject(index, BindingArray.driversOwn(value));
    }

    @Override
    public void setObject(int index, Object value, int sqlType) throws SQLException {
        super.setObject(index, BindingArray.driversOwn(value), sqlType);
    }

    @Override
    public void clearParameters() throws SQLException {
        parameters = new Parameters();
        if (prepared != null) {
            prepared.clearParameters();
        }
    }

    @Override
    public boolean execute() throws SQLException {
        return send(PreparedStatement::execute, (sent, rows) -> rows);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return new BindingResultSet(send(PreparedStatement::executeQuery, Answer::rows), this);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return send(PreparedStatement::executeUpdate, Answer::count);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return send(PreparedStatement::executeLargeUpdate, Answer::largeCount);
    }

    private <T> T send(PreparedCall<T> call, Answer<T> behindBinding) throws SQLException {
        boolean canFollow = canFollowBinding && (fetchSize == 0 || transaction.isAutoCommit());
        Binding missing = transaction.missing(sql, canFollow && fetchSize == 0);
        Binding before = canFollow ? missing : null;
        try {
            if (before != null) {
                PreparedStatement both = prepare(before);
                before.applyTo(both);
                parameters.applyTo(both, Binding.PARAMETERS);
                both.execute();
                return behindBinding.of(both, transaction.skipAnswer(before, both));
            }
            if (missing != null) {
                transaction.bindSeparately(missing);
            }
            PreparedStatement alone = prepare(null);
            parameters.applyTo(alone, 0);
            return call.on(alone);
        } catch (SQLException e) {
            if (before != null && transaction.startOver(before, e)) {
                return send(call, behindBinding);
            }
            throw transaction.refusal(e, before);
        }
    }

    @Override
    public void addBatch() {
        batch.add(parameters.copy());
    }

    @Override
    public void clearBatch() {
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return batch.size() == 1 && canFollowBinding
                ? new int[] {(int) sendOnlyRow()}
                : sendRows(PreparedStatement::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return batch.size() == 1 && canFollowBinding
                ? new long[] {sendOnlyRow()}
                : sendRows(PreparedStatement::executeLargeBatch);
    }

    /** A batch of one, which is what Hibernate makes of every single insert when batching is on, costs no extra round trip. */
    private long sendOnlyRow() throws SQLException {
        parameters = batch.remove(0);
        try {
            return executeLargeUpdate();
        } catch (SQLException e) {
            throw new BatchUpdateException(
                    e.getMessage(), e.getSQLState(), e.getErrorCode(), new int[] {Statement.EXECUTE_FAILED}, e);
        }
    }

    private <T> T sendRows(PreparedCall<T> call) throws SQLException {
        Binding missing = transaction.missing(sql, false);
        try {
            if (missing != null) {
                transaction.bindSeparately(missing);
            }
            PreparedStatement alone = prepare(null);
            for (Parameters row : batch) {
                row.applyTo(alone, 0);
                alone.addBatch();
            }
            return call.on(alone);
        } catch (SQLException e) {
            throw transaction.refusal(e, null);
        } finally {
            batch.clear();
        }
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(Statement.CLOSE_ALL_RESULTS);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        boolean rows = delegate().getMoreResults(current);
        return preparedBehind == Access.READ_ALONE ? delegate().getMoreResults(current) : rows;
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        return BindingResultSet.of(delegate().getResultSet(), this);
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return new BindingResultSet(delegate().getGeneratedKeys(), this);
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        if (prepared != null) {
            prepared.close();
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return closed || (prepared != null ? prepared.isClosed() : connection.isClosed());
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        fetchSize = rows;
        super.setFetchSize(rows);
    }

    @Override
    public void setMaxFieldSize(int bytes) throws SQLException {
        // It would cut the binding's own answer.
        canFollowBinding = false;
        super.setMaxFieldSize(bytes);
    }

    @Override
    protected void keep(Setting setting) throws SQLException {
        settings.add(setting);
        if (prepared != null) {
            setting.applyTo(prepared);
        }
    }

    /** Prepares SQL the way the caller asked for (cursor type, generated keys). */
    @FunctionalInterface
    interface Preparer {
        PreparedStatement prepare(String sql) throws SQLException;
    }

    @FunctionalInterface
    private interface PreparedCall<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
