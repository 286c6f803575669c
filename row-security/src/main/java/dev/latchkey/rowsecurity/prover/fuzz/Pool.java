package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.ForeignKey;
import dev.latchkey.rowsecurity.prover.world.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values that are there, whoever they belong to. Those of a foreign key include those that it could refer to. */
final class Pool {

    private static final int MOST = 40;

    private final Map<String, List<String>> byOrigin = new HashMap<>();
    private final Map<String, List<String>> byName = new HashMap<>();
    private final Map<String, List<String>> byType = new HashMap<>();

    private Pool() {}

    /** Reads it; the session is an admin's. */
    static Pool read(Session session, List<Relation> relations) throws SQLException {
        var pool = new Pool();
        for (Relation relation : relations) {
            for (Attribute attribute : relation.attributes()) {
                List<String> values = session
                        .query("select distinct %1$s::text from %2$s where %1$s is not null order by 1 limit %3$d"
                                .formatted(attribute.name(), relation.name(), MOST))
                        .stream()
                        .map(row -> row.get(0))
                        .toList();
                pool.byOrigin
                        .computeIfAbsent(attribute.origin(), o -> new ArrayList<>())
                        .addAll(values);
                pool.byName
                        .computeIfAbsent(named(attribute), o -> new ArrayList<>())
                        .addAll(values);
                pool.byType
                        .computeIfAbsent(attribute.type(), o -> new ArrayList<>())
                        .addAll(values);
            }
        }
        relations.forEach(relation -> relation.table()
                .ifPresent(table -> table.foreignKeys().forEach(key -> pool.addParents(table.name(), key))));
        return pool;
    }

    List<String> of(Attribute attribute) {
        List<String> own = byOrigin.getOrDefault(attribute.origin(), List.of());
        if (!own.isEmpty()) {
            return own;
        }
        List<String> named = byName.getOrDefault(named(attribute), List.of());
        return named.isEmpty() ? byType.getOrDefault(attribute.type(), List.of()) : named;
    }

    private void addParents(String table, ForeignKey key) {
        for (int i = 0; i < key.columns().size(); i++) {
            byOrigin.computeIfAbsent(table + '.' + key.columns().get(i), o -> new ArrayList<>())
                    .addAll(byOrigin.getOrDefault(
                            key.parent() + '.' + key.parentColumns().get(i), List.of()));
        }
    }

    private static String named(Attribute attribute) {
        return attribute.origin().substring(attribute.origin().lastIndexOf('.') + 1) + ' ' + attribute.type();
    }
}
