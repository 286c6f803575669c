package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.rows.Row;
import dev.latchkey.rowsecurity.prover.world.Key;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values for a row of the owner: mostly of a row that can be inserted, some taken from rows that are there. */
final class NewRow {

    private NewRow() {}

    /**
     * By column.
     *
     * @param taken how many of a hundred take a key that some row has
     */
    static Map<Attribute, @Nullable String> of(Pen pen, Relation relation, Held held, int taken) {
        Table table = relation.table().orElseThrow();
        Map<String, @Nullable String> values =
                new LinkedHashMap<>(pen.pick(held.spare()).values());
        Row referring = pen.pick(held.own());
        table.foreignKeys().forEach(key -> copy(key.columns(), referring, values));
        if (!table.keys().isEmpty() && pen.chance(taken)) {
            Key key = pen.pick(table.keys());
            copy(key.columns(), pen.pick(held.all()), values);
        }
        if (!table.foreignKeys().isEmpty() && pen.chance(15)) {
            copy(pen.pick(table.foreignKeys()).columns(), pen.pick(held.all()), values);
        }
        Map<Attribute, @Nullable String> row = new LinkedHashMap<>();
        relation.attributes(Use.INSERT).stream()
                .filter(attribute -> values.containsKey(attribute.name()))
                .forEach(attribute -> row.put(attribute, values.get(attribute.name())));
        return row;
    }

    private static void copy(List<String> columns, Row from, Map<String, @Nullable String> to) {
        columns.stream()
                .filter(from.values()::containsKey)
                .forEach(column -> to.put(column, from.values().get(column)));
    }
}
