package dev.latchkey.rowsecurity.binding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How a statement that was sent behind its binding gives what the caller asked for. */
@FunctionalInterface
interface Answer<T> {

    /** Reads the answer at which {@code sent} now stands: a result set if {@code rows}, else a count. */
    T of(Statement sent, boolean rows) throws SQLException;

    static ResultSet rows(Statement sent, boolean rows) throws SQLException {
        if (!rows) {
            throw new SQLException("No results were returned by the query.", "02000");
        }
        return sent.getResultSet();
    }

    static int count(Statement sent, boolean rows) throws SQLException {
        return (int) largeCount(sent, rows);
    }

    static long largeCount(Statement sent, boolean rows) throws SQLException {
        if (rows) {
            throw new SQLException("A result was returned when none was expected.", "0100E");
        }
        return Math.max(0, sent.getLargeUpdateCount());
    }
}
