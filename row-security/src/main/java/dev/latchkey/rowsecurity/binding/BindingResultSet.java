package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.binding.delegate.DelegatingResultSet;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that lead back to the bound statement, not to the driver's; and so do the arrays and cursors that are in them. */
final class BindingResultSet extends DelegatingResultSet {

    private final ResultSet delegate;
    private final @Nullable Statement statement;

    BindingResultSet(ResultSet delegate, @Nullable Statement statement) {
        this.delegate = delegate;
        this.statement = statement;
    }

    static @Nullable ResultSet of(@Nullable ResultSet delegate, Statement statement) {
        return delegate == null ? null : new BindingResultSet(delegate, statement);
    }

    /** A value as it may be handed out: the driver makes a result set of a refcursor. */
    static @Nullable Object handedOut(@Nullable Object value, @Nullable Statement statement) {
        if (value instanceof ResultSet rows) {
            return new BindingResultSet(rows, statement);
        }
        return value instanceof Array array ? new BindingArray(array) : value;
    }

    @Override
    protected ResultSet delegate() {
        return delegate;
    }

    @Override
    public @Nullable Statement getStatement() {
        return statement;
    }

    @Override
    public @Nullable Array getArray(int column) throws SQLException {
        return (Array) handedOut(delegate.getArray(column), statement);
    }

    @Override
    public @Nullable Array getArray(String column) throws SQLException {
        return (Array) handedOut(delegate.getArray(column), statement);
    }

    @Override
    public @Nullable Object getObject(int column) throws SQLException {
        return handedOut(delegate.getObject(column), statement);
    }

    @Override
    public @Nullable Object getObject(String column) throws SQLException {
        return handedOut(delegate.getObject(column), statement);
    }

    @Override
    public @Nullable Object getObject(int column, Map<String, Class<?>> map) throws SQLException {
        return handedOut(delegate.getObject(column, map), statement);
    }

    @Override
    public @Nullable Object getObject(String column, Map<String, Class<?>> map) throws SQLException {
        return handedOut(delegate.getObject(column, map), statement);
    }

    @Override
    public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
        return type.cast(handedOut(delegate.getObject(column, type), statement));
    }

    @Override
    public <T> @Nullable T getObject(String column, Class<T> type) throws SQLException {
        return type.cast(handedOut(delegate.getObject(column, type), statement));
    }
}
