package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.binding.delegate.Parameter;
import dev.latchkey.rowsecurity.binding.delegate.RecordingPreparedStatement;
import dev.latchkey.rowsecurity.binding.delegate.Setting;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is prepared when it runs: only then is it known whether it goes out behind its binding, as
 * {@code binding; statement} with all parameters shifted, or alone because the transaction is bound already. Of a batch, the first
 * rows go behind the binding as so many statements. A cursor cannot (pgjdbc 42.7): it is bound in a round trip of its own.
 */
sealed class BindingPreparedStatement extends RecordingPreparedStatement permits KeyReturningStatement {

    private final String sql;
    private final Preparer preparer;
    private final BindingConnection connection;
    private final BoundTransaction transaction;
    private final List<Setting> settings = new ArrayList<>(0);
    private final Batch batch;
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
        this.batch = new Batch(sql, transaction);
        this.fetchSize = transaction.defaultFetchSize();
    }

    @Override
    protected final PreparedStatement delegate() throws SQLException {
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
        PreparedStatement statement = withSettings(before == null ? preparer.prepare(sql) : prepareBehind(before));
        prepared = statement;
        preparedBehind = behind;
        return statement;
    }

    PreparedStatement prepareBehind(Binding before) throws SQLException {
        return preparer.prepare(before.around(sql));
    }

    boolean isBehindBinding() {
        return preparedBehind != null;
    }

    private PreparedStatement withSettings(PreparedStatement statement) throws SQLException {
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
        return send(alone -> new BindingResultSet(alone.executeQuery(), this), Answer::rows);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return send(PreparedStatement::executeUpdate, Answer::count);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return send(PreparedStatement::executeLargeUpdate, Answer::largeCount);
    }

    private <T> T send(PreparedCall<T> call, Answer<T> answer) throws SQLException {
        boolean canFollow = canFollowBinding && (fetchSize == 0 || transaction.isAutoCommit());
        return transaction.send(
                sql, fetchSize == 0, canFollow ? before -> sendBehind(before, answer) : null, () -> sendAlone(call));
    }

    private <T> T sendBehind(Binding before, Answer<T> answer) throws SQLException {
        PreparedStatement both = prepare(before);
        before.applyTo(both);
        parameters.applyTo(both, Binding.PARAMETERS);
        both.execute();
        return answer.of(this, skipAnswer(before, both));
    }

    private <T> T sendAlone(PreparedCall<T> call) throws SQLException {
        PreparedStatement alone = prepare(null);
        parameters.applyTo(alone, 0);
        return call.on(alone);
    }

    /**
     * Called after a statement that was sent behind its binding: moves on to what the statement itself answers.
     *
     * @return whether that is a result set
     */
    boolean skipAnswer(Binding before, PreparedStatement both) throws SQLException {
        return transaction.skipAnswer(before, both);
    }

    /** Whether rows of a batch can go behind a binding. */
    boolean canFollowAsBatch() {
        return canFollowBinding && fetchSize == 0;
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
        return Arrays.stream(executeLargeBatch())
                .mapToInt(count -> count > Integer.MAX_VALUE ? SUCCESS_NO_INFO : (int) count)
                .toArray();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return batch.send(
                canFollowAsBatch() ? text -> withSettings(preparer.prepare(text)) : null, () -> prepare(null));
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
    public void closeOnCompletion() throws SQLException {
        // The binding's own answer would close it.
        canFollowBinding = false;
        super.closeOnCompletion();
    }

    @Override
    protected void keep(Setting setting) throws SQLException {
        settings.add(setting);
        if (prepared != null) {
            setting.applyTo(prepared);
        }
    }

    @FunctionalInterface
    private interface PreparedCall<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
