package dev.latchkey.rowsecurity.scale;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code explain (analyze, format json)} says of a statement that has run. */
record Plan(String json) {

    private static final Pattern RELATION =
            Pattern.compile("\"Relation Name\": \"([^\"]+)\".*?\"Actual Loops\": ([0-9.]+)", Pattern.DOTALL);

    static Plan of(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery("explain (analyze, format json) " + sql)) {
            row.next();
            return new Plan(row.getString(1));
        }
    }

    boolean readsWholeTables() {
        return json.contains("Seq Scan");
    }

    /** Tables and partitions that were really read. */
    Set<String> executed() {
        return RELATION
                .matcher(json)
                .results()
                .filter(found -> Double.parseDouble(found.group(2)) > 0)
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
