package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Column;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All rows that there are, as the admin sees them. */
final class Rows {

    private final Session session;
    private final List<Table> tables;

    Rows(Session session, List<Table> tables) {
        this.session = session;
        this.tables = tables;
    }

    /** By table. */
    Map<String, String> ofOwner() throws SQLException {
        return where("=");
    }

    /** By table. */
    Map<String, String> ofOthers() throws SQLException {
        return where("is distinct from");
    }

    private Map<String, String> where(String operator) throws SQLException {
        String sql = tables.stream()
                .map(table ->
                        "select %s, (select string_agg(t, e'\\n' order by t) from (select row(%s)::text from %s where %s %s %s) r (t))"
                                .formatted(
                                        Session.literal(table.name()),
                                        table.columns().stream()
                                                .map(Column::name)
                                                .collect(Collectors.joining(", ")),
                                        table.name(),
                                        table.ownerColumn(),
                                        operator,
                                        Session.literal(TwoOwners.OWNER)))
                .collect(Collectors.joining(" union all "));
        Map<String, String> rows = new TreeMap<>();
        for (List<String> row : session.query(sql)) {
            rows.put(row.get(0), row.get(1));
        }
        return rows;
    }
}
