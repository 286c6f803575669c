package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Column;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All rows that there are, as the admin sees them. */
final class Rows {

    private final Session session;
    private final List<Table> tables;
    private final Set<String> unsteady;

    /** @param unsteady see {@link Unsteady} */
    Rows(Session session, List<Table> tables, Set<String> unsteady) {
        this.session = session;
        this.tables = tables;
        this.unsteady = unsteady;
    }

    /** By table. */
    Map<String, List<String>> ofOwner() throws SQLException {
        return where("=");
    }

    /** By table. */
    Map<String, List<String>> ofOthers() throws SQLException {
        return where("is distinct from");
    }

    private Map<String, List<String>> where(String operator) throws SQLException {
        String sql = tables.stream()
                .map(table -> "select %s, row(%s)::text from %s where %s %s %s"
                        .formatted(
                                Session.literal(table.name()),
                                columns(table),
                                table.name(),
                                table.ownerColumn(),
                                operator,
                                Session.literal(TwoOwners.OWNER)))
                .collect(Collectors.joining(" union all "));
        Map<String, List<String>> rows = new TreeMap<>();
        tables.forEach(table -> rows.put(table.name(), new ArrayList<>()));
        for (List<String> row : session.query(sql + " order by 1, 2")) {
            rows.getOrDefault(row.get(0), new ArrayList<>()).add(row.get(1));
        }
        return rows;
    }

    private String columns(Table table) {
        return table.columns().stream()
                .map(Column::name)
                .filter(column -> !unsteady.contains(table.name() + '.' + column))
                .collect(Collectors.joining(", "));
    }
}
