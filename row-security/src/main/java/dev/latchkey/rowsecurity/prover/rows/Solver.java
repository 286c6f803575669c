package dev.latchkey.rowsecurity.prover.rows;

import dev.latchkey.rowsecurity.prover.world.Check;
import dev.latchkey.rowsecurity.prover.world.Column;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Picks values for columns that check constraints tie together: Postgres evaluates the constraints over all candidates at once. */
final class Solver {

    /** Combinations of candidates to look at. */
    private static final double COMBINATIONS = 50_000;

    private final Session session;
    private final Table table;

    Solver(Session session, Table table) {
        this.session = session;
        this.table = table;
    }

    /** Sets of columns that no check ties to another set. */
    List<Set<String>> components() {
        List<Set<String>> components = new ArrayList<>();
        table.columns().forEach(column -> components.add(new LinkedHashSet<>(Set.of(column.name()))));
        for (Check check : table.checks()) {
            List<Set<String>> tied = components.stream()
                    .filter(component -> component.stream().anyMatch(check.columns()::contains))
                    .toList();
            if (tied.size() > 1) {
                components.removeAll(tied);
                components.add(tied.stream().flatMap(Set::stream).collect(Collectors.toCollection(LinkedHashSet::new)));
            }
        }
        return components;
    }

    /** Adds values of these columns to those that are there. A column for which there is none, and need be none, stays absent. */
    void solve(Set<String> columns, Map<String, @Nullable String> values, int row, Random random) throws SQLException {
        List<Column> open = table.columns().stream()
                .filter(column -> columns.contains(column.name()))
                .toList();
        List<Check> checks = table.checks().stream()
                .filter(check -> check.columns().stream().anyMatch(columns::contains))
                .toList();
        if (checks.isEmpty() && values.keySet().containsAll(columns)) {
            return;
        }
        int most = (int) Math.pow(COMBINATIONS, 1.0 / open.size());
        List<String> picks = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        List<String> ranks = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            Column column = open.get(i);
            picks.add("t%d.%s::text, t%1$d.%2$s is null".formatted(i, column.name()));
            sources.add(source(column, candidates(column, checks, values, row, random), most, i));
            ranks.add("t%d.rank".formatted(i));
        }
        String conditions = checks.stream()
                .map(check -> "((%s) is not false)".formatted(check.expression()))
                .collect(Collectors.joining(" and "));
        String sql = "select %s from %s%s order by %s limit 1"
                .formatted(
                        String.join(", ", picks),
                        String.join(" cross join ", sources),
                        conditions.isEmpty() ? "" : " where " + conditions,
                        String.join(" + ", ranks));
        List<List<String>> found = found(sql, open, checks);
        if (!found.isEmpty()) {
            for (int i = 0; i < open.size(); i++) {
                boolean absent = Session.isTrue(found.get(0).get(2 * i + 1));
                values.put(open.get(i).name(), absent ? null : found.get(0).get(2 * i));
            }
        } else if (!open.stream().allMatch(column -> column.filled() || values.containsKey(column.name()))) {
            throw obstacle(open, checks, null);
        }
    }

    private List<List<String>> found(String sql, List<Column> open, List<Check> checks) throws SQLException {
        try {
            return session.keeping(() -> session.query(sql));
        } catch (SQLException e) {
            if (open.stream().allMatch(Column::filled)) {
                return List.of();
            }
            throw obstacle(open, checks, e);
        }
    }

    private static List<@Nullable String> candidates(
            Column column, List<Check> checks, Map<String, @Nullable String> values, int row, Random random) {
        List<@Nullable String> candidates = new ArrayList<>();
        if (values.containsKey(column.name())) {
            candidates.add(values.get(column.name()));
            return candidates;
        }
        String rules = checks.stream()
                .filter(check -> check.columns().contains(column.name()))
                .map(Check::expression)
                .collect(Collectors.joining(" "));
        candidates.addAll(Candidates.of(column, rules, row, random));
        if (!column.notNull()) {
            candidates.add(null);
        }
        return candidates;
    }

    private static String source(Column column, List<@Nullable String> candidates, int most, int position) {
        String array = candidates.stream()
                .map(candidate -> candidate == null ? "null" : Session.literal(candidate))
                .collect(Collectors.joining(", "));
        String type = Session.literal(column.type());
        // The case keeps the cast from being tried on what is no value of the type; a rank after the limit is that of
        // what is left.
        return """
                (select case when v is null or pg_catalog.pg_input_is_valid(v, %1$s) then v::%2$s end as %3$s, rank
                 from unnest(array[%4$s]::text[]) with ordinality u (v, rank)
                 where v is null or pg_catalog.pg_input_is_valid(v, %1$s) order by rank limit %5$d) t%6$d""".formatted(type, column.type(), column.name(), array, most, position);
    }

    private RowNotInventedException obstacle(List<Column> open, List<Check> checks, @Nullable SQLException cause) {
        String columns = open.stream().map(c -> c.name() + " " + c.type()).collect(Collectors.joining(", "));
        String constraints = checks.stream()
                .map(check -> "%s check (%s)".formatted(check.name(), check.expression()))
                .collect(Collectors.joining("; "));
        return new RowNotInventedException(
                table,
                checks.isEmpty() ? "nothing is known to put into " + columns : "nothing tried satisfies " + constraints,
                cause);
    }
}
