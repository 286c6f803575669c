package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Column;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds columns whose values are not decided by the statements: a trigger's clock, a counter behind an audit, a random number in a view. The same writes, run twice, leave
 * something else in them.
 */
final class Unsteady {

    private static final Set<Kind> CHANGES = EnumSet.range(Kind.INSERT, Kind.UPDATE_FROM);

    private final Session session;
    private final Map<String, List<String>> columns = new LinkedHashMap<>();
    private final List<Grammar> grammars = new ArrayList<>();

    private Unsteady(Session session) {
        this.session = session;
    }

    /** As {@code relation.column}. Leaves no trace in the database. */
    static Set<String> columns(
            Session session, List<Table> tables, List<Relation> relations, Map<String, Held> rows, long seed)
            throws SQLException {
        var unsteady = new Unsteady(session);
        tables.forEach(table -> unsteady.columns.put(
                table.name(), table.columns().stream().map(Column::name).toList()));
        Pool pool = Pool.read(session, relations);
        for (Relation relation : relations) {
            unsteady.columns.put(
                    relation.name(),
                    relation.attributes().stream().map(Attribute::name).toList());
            // A condition on a clock would make everything it changes look unsteady.
            unsteady.grammars.add(new Grammar(List.of(relation.onlyKeysCompared()), rows, pool));
        }
        Map<String, Integer> first = unsteady.hashes(seed);
        Map<String, Integer> second = unsteady.hashes(seed);
        return first.keySet().stream()
                .filter(column -> !Objects.equals(first.get(column), second.get(column)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of all that was ever to be seen in a column. */
    private Map<String, Integer> hashes(long seed) throws SQLException {
        return session.rollingBack(() -> {
            Map<String, Integer> hashes = new TreeMap<>();
            var random = new Random(seed);
            run(random, CHANGES, hashes);
            // Last, because they take along what there is to see.
            run(random, EnumSet.of(Kind.DELETE), hashes);
            return hashes;
        });
    }

    private void run(Random random, Set<Kind> kinds, Map<String, Integer> hashes) throws SQLException {
        var application = new Application(session);
        for (Grammar grammar : grammars) {
            application.run(grammar.sample(random, kinds));
            look().forEach((column, values) -> {
                Collections.sort(values);
                hashes.merge(column, values.hashCode(), (before, now) -> 31 * before + now);
            });
        }
    }

    /** The values of all columns, in one query. */
    private Map<String, List<String>> look() throws SQLException {
        int width = columns.values().stream().mapToInt(List::size).max().orElse(0);
        String sql = columns.entrySet().stream()
                .map(relation -> {
                    List<String> list = new ArrayList<>(relation.getValue());
                    list.replaceAll(column -> column + "::text");
                    list.addAll(Collections.nCopies(width - list.size(), "null"));
                    return "select %s, %s from %s"
                            .formatted(Session.literal(relation.getKey()), String.join(", ", list), relation.getKey());
                })
                .collect(Collectors.joining(" union all "));
        Map<String, List<String>> values = new TreeMap<>();
        for (List<String> row : session.query(sql)) {
            List<String> list = columns.getOrDefault(row.get(0), List.of());
            for (int i = 0; i < list.size(); i++) {
                values.computeIfAbsent(row.get(0) + '.' + list.get(i), column -> new ArrayList<>())
                        .add(row.get(i + 1));
            }
        }
        return values;
    }
}
