package dev.latchkey.rowsecurity.prover.rows;

import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values for a table's columns as texts; a column that is absent is left to its default. */
public record Row(Table table, Map<String, @Nullable String> values) {

    /** With the values in the order of the table's columns; others are left out. */
    static Row of(Table table, Map<String, @Nullable String> values) {
        Map<String, @Nullable String> ordered = new LinkedHashMap<>();
        table.columns().forEach(column -> {
            if (values.containsKey(column.name())) {
                ordered.put(column.name(), values.get(column.name()));
            }
        });
        return new Row(table, ordered);
    }

    /** The value with its type, as SQL. */
    public String sql(String column) {
        String value = values.get(column);
        return value == null
                ? "null::" + table.column(column).type()
                : Session.literal(value) + "::" + table.column(column).type();
    }

    /** The same row but for these values. */
    public Row with(Map<String, @Nullable String> others) {
        Map<String, @Nullable String> all = new LinkedHashMap<>(values);
        all.putAll(others);
        return new Row(table, all);
    }

    public String columnList() {
        return String.join(", ", values.keySet());
    }

    /** Values in the order of {@link #columnList}. */
    public String valueList() {
        return values.keySet().stream().map(this::sql).collect(Collectors.joining(", "));
    }

    public String insert() {
        return "insert into %s (%s) overriding system value values (%s)"
                .formatted(table.name(), columnList(), valueList());
    }
}
