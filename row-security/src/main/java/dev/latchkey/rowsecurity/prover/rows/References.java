package dev.latchkey.rowsecurity.prover.rows;

import dev.latchkey.rowsecurity.prover.world.ForeignKey;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the columns of foreign keys their values: those of the parent's row, which is made if it is not there. */
final class References {

    /** Makes rows, or has them already. */
    @FunctionalInterface
    interface Parents {
        Row row(Table table, String owner, int number, Map<String, @Nullable String> fixed) throws SQLException;
    }

    private final Schema schema;
    private final Parents parents;
    /** Rows that are being made, by table: a cycle of references ends in them. */
    private final Map<String, Map<String, @Nullable String>> unfinished = new HashMap<>();

    References(Schema schema, Parents parents) {
        this.schema = schema;
        this.parents = parents;
    }

    void begin(Table table, Map<String, @Nullable String> values) {
        unfinished.put(table.name(), values);
    }

    void end(Table table) {
        unfinished.remove(table.name());
    }

    /** Adds to the values what the table's foreign keys ask for. */
    void fill(Table table, String owner, int number, Map<String, @Nullable String> values) throws SQLException {
        for (ForeignKey key : table.foreignKeys()) {
            Map<String, @Nullable String> referred = referred(table, key, owner, number, values);
            for (int i = 0; i < key.columns().size(); i++) {
                values.putIfAbsent(
                        key.columns().get(i), referred.get(key.parentColumns().get(i)));
            }
        }
    }

    private Map<String, @Nullable String> referred(
            Table table, ForeignKey key, String owner, int number, Map<String, @Nullable String> values)
            throws SQLException {
        Table parent = schema.table(key.parent());
        Map<String, @Nullable String> making = unfinished.get(parent.name());
        if (making == null) {
            return parents.row(parent, owner, number, parent.isOwned() ? Map.of() : fixed(key, values))
                    .values();
        }
        boolean optional = key.columns().stream()
                .anyMatch(column ->
                        !values.containsKey(column) && !table.column(column).notNull());
        // A row can refer to itself, and in a cycle to one that comes before the transaction's end.
        return optional ? Map.of() : making;
    }

    /** Of a shared table the row is wanted that the values ask for already. */
    private static Map<String, @Nullable String> fixed(ForeignKey key, Map<String, @Nullable String> values) {
        Map<String, @Nullable String> fixed = new LinkedHashMap<>();
        for (int i = 0; i < key.columns().size(); i++) {
            if (values.containsKey(key.columns().get(i))) {
                fixed.put(key.parentColumns().get(i), values.get(key.columns().get(i)));
            }
        }
        return fixed;
    }
}
