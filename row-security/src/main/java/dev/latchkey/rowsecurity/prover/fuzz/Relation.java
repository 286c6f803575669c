package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Key;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table or view that the application reads.
 *
 * @param name as SQL, with its schema
 * @param table if it has {@code owner_id} and rows
 * @param deletable whether the application may delete its rows
 */
record Relation(String name, Optional<Table> table, List<Attribute> attributes, boolean deletable) {

    List<Attribute> attributes(Use use) {
        return attributes.stream().filter(attribute -> attribute.is(use)).toList();
    }

    /** Columns that a change of many rows can set whatever their order. */
    List<Attribute> changeable() {
        return attributes.stream()
                .filter(attribute -> attribute.is(Use.UPDATE) && !attribute.is(Use.KEY))
                .toList();
    }

    boolean isComparable() {
        return !attributes(Use.ORDER).isEmpty();
    }

    /** Keys that a row can be named by. */
    List<Key> keys() {
        List<String> names = attributes.stream().map(Attribute::name).toList();
        return table.map(Table::keys).orElse(List.of()).stream()
                .filter(key -> names.containsAll(key.columns()))
                .toList();
    }

    Relation without(Set<String> origins) {
        return new Relation(
                name,
                table,
                attributes.stream()
                        .filter(attribute -> !origins.contains(attribute.origin()))
                        .toList(),
                deletable);
    }

    Relation onlyKeysCompared() {
        return new Relation(
                name, table, attributes.stream().map(Attribute::onlyKeyCompared).toList(), deletable);
    }

    Source as(String alias) {
        return new Source(alias, Optional.of(this), attributes(Use.READ));
    }
}
