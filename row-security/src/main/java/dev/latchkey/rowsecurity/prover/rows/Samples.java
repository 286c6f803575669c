package dev.latchkey.rowsecurity.prover.rows;

import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that somebody gave because none could be invented: by table, a query for one row. */
final class Samples {

    private final Session session;
    private final Map<String, String> queries;

    Samples(Session session, Map<String, String> queries) {
        this.session = session;
        this.queries = queries;
    }

    /** Some of the columns, or none. */
    Map<String, @Nullable String> of(Table table, int number) throws SQLException {
        String sql = queries.get(table.name());
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        if (sql != null) {
            try (Statement statement = session.connection().createStatement();
                    ResultSet row = statement.executeQuery(sql.replace("{n}", String.valueOf(number)))) {
                row.next();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.put(row.getMetaData().getColumnLabel(i), row.getString(i));
                }
            }
        }
        return values;
    }
}
