package dev.latchkey.rowsecurity.binding;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.core.QueryExecutor;

/**
 * A write that is asked for its generated keys. pgjdbc 42.7 gives none where statements are sent together, so behind its binding the
 * write goes with the RETURNING that pgjdbc would have added, and the rows that come back are the keys.
 */
final class KeyReturningStatement extends BindingPreparedStatement {

    private final String returning;
    private final Preparer scrollable;
    private @Nullable ResultSet keys;
    private long count;

    private KeyReturningStatement(
            String sql,
            @Nullable String returning,
            Preparer preparer,
            Preparer scrollable,
            BindingConnection connection,
            BoundTransaction transaction) {
        super(sql, returning != null, preparer, connection, transaction);
        this.returning = returning == null ? sql : returning;
        this.scrollable = scrollable;
    }

    /**
     * @param columns of the keys; null for all
     * @param preparer prepares with keys
     * @param scrollable prepares without, with rows that can be counted before they are read
     */
    static KeyReturningStatement of(
            String sql,
            String @Nullable [] columns,
            Preparer preparer,
            Preparer scrollable,
            BaseConnection driver,
            BindingConnection connection,
            BoundTransaction transaction)
            throws SQLException {
        return new KeyReturningStatement(
                sql, returning(sql, columns, driver.getQueryExecutor()), preparer, scrollable, connection, transaction);
    }

    private static @Nullable String returning(String sql, String @Nullable [] columns, QueryExecutor executor)
            throws SQLException {
        // An escaped question mark would come back as a parameter.
        if (sql.contains("??")) {
            return null;
        }
        List<NativeQuery> queries = Parser.parseJdbcSql(
                sql,
                executor.getStandardConformingStrings(),
                false,
                true,
                false,
                executor.getQuoteReturningIdentifiers(),
                columns == null ? new String[] {"*"} : columns);
        return queries.size() == 1 && queries.get(0).command.isReturningKeywordPresent()
                ? queries.get(0).nativeSql
                : null;
    }

    @Override
    PreparedStatement prepareBehind(Binding before) throws SQLException {
        return scrollable.prepare(before.around(returning));
    }

    @Override
    boolean skipAnswer(Binding before, PreparedStatement both) throws SQLException {
        if (!super.skipAnswer(before, both)) {
            throw new SQLException("The statement returned no keys", "02000");
        }
        ResultSet rows = both.getResultSet();
        count = rows.last() ? rows.getRow() : 0;
        rows.beforeFirst();
        keys = rows;
        return false;
    }

    @Override
    boolean canFollowAsBatch() {
        return false;
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return isBehindBinding() && keys != null ? new BindingResultSet(keys, this) : super.getGeneratedKeys();
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return (int) getLargeUpdateCount();
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        return isBehindBinding() ? count : super.getLargeUpdateCount();
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        return isBehindBinding() ? null : super.getResultSet();
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        if (!isBehindBinding()) {
            return super.getMoreResults(current);
        }
        count = -1;
        if (keys != null && current != Statement.KEEP_CURRENT_RESULT) {
            keys.close();
        }
        return false;
    }
}
