package dev.latchkey.api.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which tables belong to which others, as the foreign keys of the database say. */
@Component
public final class Families {

    private static final String FOREIGN_KEYS = """
            select child.relname as child, a.attname as field, parent.relname as parent
            from pg_constraint f
            join pg_class child on child.oid = f.conrelid
            join pg_class parent on parent.oid = f.confrelid
            join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[cardinality(f.conkey)]
            where f.contype = 'f' and f.conparentid = 0 and pg_table_is_visible(child.oid)""";

    private final JdbcClient jdbc;
    private final Map<String, Table<?, ?>> tables;
    private volatile @Nullable Map<Table<?, ?>, List<Parent>> parents;
    private volatile @Nullable Map<Table<?, ?>, Set<Table<?, ?>>> ancestors;

    Families(JdbcClient jdbc, List<Table<?, ?>> tables) {
        this.jdbc = jdbc;
        this.tables = tables.stream().collect(Collectors.toUnmodifiableMap(Table::name, Function.identity()));
    }

    /** All tables by name. */
    public Map<String, Table<?, ?>> tables() {
        return tables;
    }

    /** Whose rows a row of the table names as those that it belongs to. Asks the database once, in the caller's transaction. */
    public List<Parent> parents(Table<?, ?> table) {
        Map<Table<?, ?>, List<Parent>> known = parents;
        if (known == null) {
            known = read();
            parents = known;
        }
        return known.getOrDefault(table, List.of());
    }

    /** The tables to whose rows those of the table belong, directly or not. Parents have fewer than their children. */
    public Set<Table<?, ?>> ancestors(Table<?, ?> table) {
        Map<Table<?, ?>, Set<Table<?, ?>>> known = ancestors;
        if (known == null) {
            known = tables.values().stream()
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), this::collectAncestors));
            ancestors = known;
        }
        return known.getOrDefault(table, Set.of());
    }

    /** All tables, each after those to whose rows its own belong. */
    public List<Table<?, ?>> parentsFirst() {
        return tables.values().stream()
                .sorted(Comparator.<Table<?, ?>>comparingInt(
                                table -> ancestors(table).size())
                        .thenComparing(Table::name))
                .toList();
    }

    private Set<Table<?, ?>> collectAncestors(Table<?, ?> table) {
        Set<Table<?, ?>> found = new HashSet<>();
        for (Parent parent : parents(table)) {
            if (found.add(parent.table())) {
                found.addAll(collectAncestors(parent.table()));
            }
        }
        return found;
    }

    private Map<Table<?, ?>, List<Parent>> read() {
        Map<Table<?, ?>, List<Parent>> read = new HashMap<>();
        jdbc.sql(FOREIGN_KEYS).query(row -> {
            Table<?, ?> child = tables.get(row.getString("child"));
            Table<?, ?> parent = tables.get(row.getString("parent"));
            if (child != null && parent != null && child != parent) {
                read.computeIfAbsent(child, any -> new ArrayList<>()).add(new Parent(row.getString("field"), parent));
            }
        });
        return read;
    }

    /**
     * What a row belongs to.
     *
     * @param field in which the row has the key of its parent
     */
    public record Parent(String field, Table<?, ?> table) {}
}
