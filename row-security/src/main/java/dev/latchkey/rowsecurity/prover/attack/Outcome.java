package dev.latchkey.rowsecurity.prover.attack;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** All that a caller can learn from a statement: rows, counts, notices, and an error's every field. */
final class Outcome {

    private Outcome() {}

    /** Runs it. An error is an outcome, and leaves the transaction aborted. */
    static String of(Connection connection, Step step) throws SQLException {
        try {
            if (step.sql().toLowerCase(Locale.ROOT).startsWith("copy")) {
                return copy(connection, step);
            }
            try (Statement statement = connection.createStatement()) {
                return run(statement, step.sql());
            }
        } catch (PSQLException e) {
            if (e.getServerErrorMessage() == null) {
                throw e;
            }
            return "error " + e.getSQLState() + ": " + text(e.getServerErrorMessage());
        }
    }

    private static String run(Statement statement, String sql) throws SQLException {
        var outcome = new StringBuilder();
        for (boolean rows = statement.execute(sql); ; rows = statement.getMoreResults()) {
            if (rows) {
                outcome.append(rows(statement.getResultSet()));
            } else if (statement.getUpdateCount() >= 0) {
                outcome.append(statement.getUpdateCount()).append(" changed ");
            } else {
                break;
            }
        }
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            outcome.append("notice: ").append(warning.getMessage()).append(' ');
        }
        return outcome.toString();
    }

    private static String rows(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                row.add(String.valueOf(rows.getString(i)));
            }
            texts.add(row.toString());
        }
        // The order of rows is nobody's promise.
        Collections.sort(texts);
        return texts.size() + " rows " + texts + " ";
    }

    private static String copy(Connection connection, Step step) throws SQLException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        try {
            if (!step.input().isEmpty()) {
                return copy.copyIn(step.sql(), new StringReader(step.input())) + " copied";
            }
            var out = new StringWriter();
            return copy.copyOut(step.sql(), out) + " copied " + out;
        } catch (IOException e) {
            throw new SQLException("COPY broke off", e);
        }
    }

    private static String text(ServerErrorMessage error) {
        return String.join(
                " ",
                String.valueOf(error.getMessage()),
                String.valueOf(error.getDetail()),
                String.valueOf(error.getHint()),
                String.valueOf(error.getConstraint()));
    }
}
