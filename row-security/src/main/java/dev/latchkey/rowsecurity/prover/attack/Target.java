package dev.latchkey.rowsecurity.prover.attack;

import dev.latchkey.rowsecurity.prover.rows.Row;
import dev.latchkey.rowsecurity.prover.world.Key;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table with rows of two owners.
 *
 * @param role of the application, as SQL
 * @param signed whether the database believes a binding only if it is signed
 * @param theirs a row of the victim that nothing refers to
 * @param parents what that row refers to, and what those refer to, in the order in which they can be inserted
 * @param ours a row of the other owner, and a new one of his that is not inserted yet
 */
public record Target(String role, boolean signed, Table table, Row theirs, List<Row> parents, Row ours, Row fresh) {

    public String name() {
        return table.name();
    }

    /**
     * SQL on this table. Of the template, {@code {table}} and {@code {owner_id}} are its name and its owner column's, {@code {column}} is {@link #assignable},
     * {@code {victim}} the other's id, {@code {theirs}} {@link #likeTheirs}.
     */
    String sql(String template) {
        return template.replace("{table}", name())
                .replace("{owner_id}", table.ownerColumn())
                .replace("{column}", assignable())
                .replace("{victim}", victim())
                .replace("{theirs}", likeTheirs());
    }

    /** What this actor runs, as templates. */
    Script script(Actor actor, String... templates) {
        return Script.of(actor, Arrays.stream(templates).map(this::sql).toArray(String[]::new));
    }

    Script other(String... templates) {
        return script(Actor.OTHER, templates);
    }

    /** Primary key first. */
    Optional<Key> key() {
        return table.keys().stream().findFirst();
    }

    /** A row of the other owner with the values of the victim's, but for what refers to his own rows. */
    Row twin() {
        Map<String, @Nullable String> own = new LinkedHashMap<>();
        own.put(table.ownerColumn(), ours.values().get(table.ownerColumn()));
        table.foreignKeys().stream()
                .flatMap(key -> key.columns().stream())
                .filter(ours.values()::containsKey)
                .forEach(column -> own.put(column, ours.values().get(column)));
        return theirs.with(own);
    }

    /**
     * The other owner writes down the victim's row and all that it refers to as his own, value by value: a key that does not begin with the owner meets the victim's.
     *
     * @param clause of the last insert
     */
    Script copy(String clause) {
        String[] inserts = Stream.concat(parents.stream(), Stream.of(theirs))
                .map(row -> row.with(Map.of(table.ownerColumn(), ours.values().get(table.ownerColumn()))))
                .map(Row::insert)
                .toArray(String[]::new);
        inserts[inserts.length - 1] += clause;
        return Script.other("set constraints all deferred")
                .as(Actor.OTHER, inserts)
                .as(Actor.OTHER, "set constraints all immediate");
    }

    /** A new row of the victim, which refers to what his own row refers to. */
    Row forged() {
        Map<String, @Nullable String> keys = new LinkedHashMap<>();
        table.keys().stream()
                .flatMap(key -> table.withoutOwner(key.columns()).stream())
                .filter(column -> table.foreignKeys().stream()
                        .noneMatch(key -> key.columns().contains(column)))
                .filter(fresh.values()::containsKey)
                .forEach(column -> keys.put(column, fresh.values().get(column)));
        return theirs.with(keys);
    }

    /** A column to assign to that breaks nothing when set to itself. */
    String assignable() {
        return table.ownColumns().stream()
                .filter(column -> table.column(column).settable())
                .findFirst()
                .orElse(table.ownerColumn());
    }

    /** A condition that is met by a row with these values. */
    static String matches(Row row, List<String> columns) {
        return columns.stream()
                .filter(row.values()::containsKey)
                .map(column -> "%s is not distinct from %s".formatted(column, row.sql(column)))
                .collect(Collectors.joining(" and "));
    }

    /** A condition that is met by the victim's row, whoever it belongs to. */
    String likeTheirs() {
        return like(theirs);
    }

    /** A condition that is met by this row, whoever it belongs to; by all where there is no key. */
    String like(Row row) {
        List<String> columns = key().map(Key::columns).map(table::withoutOwner).orElse(List.of());
        return columns.isEmpty() ? "true" : matches(row, columns);
    }

    String victim() {
        return theirs.sql(table.ownerColumn());
    }
}
