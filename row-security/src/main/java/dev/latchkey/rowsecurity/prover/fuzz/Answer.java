package dev.latchkey.rowsecurity.prover.fuzz;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a statement gave.
 *
 * @param compared what has to be the same in both worlds
 * @param shown for a person
 */
record Answer(boolean succeeded, String compared, String shown) {

    /** Took too long, which says nothing about rows. */
    private static final String QUERY_CANCELED = "57014";

    static Answer rows(ResultSet rows, boolean ordered) throws SQLException {
        List<String> texts = new ArrayList<>();
        int width = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                row.add(String.valueOf(rows.getString(i)));
            }
            texts.add(row.toString());
        }
        if (!ordered) {
            Collections.sort(texts);
        }
        String text = texts.size() + " rows " + texts;
        return new Answer(true, text, text);
    }

    static Answer count(int count) {
        String text = count + " changed";
        return new Answer(true, text, text);
    }

    /**
     * An error of the server.
     *
     * @param exact whether SQLSTATE and constraint are to be the same as well
     */
    static Answer error(SQLException e, boolean exact) throws SQLException {
        ServerErrorMessage message = e instanceof PSQLException refused ? refused.getServerErrorMessage() : null;
        if (message == null || QUERY_CANCELED.equals(e.getSQLState())) {
            throw e;
        }
        String error = "error %s %s".formatted(e.getSQLState(), String.valueOf(message.getConstraint()));
        return new Answer(false, exact ? error : "error", error + ": " + message.getMessage());
    }
}
