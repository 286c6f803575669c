package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.rows.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Names one row by a key that it has, with or without its owner: the owner's, or the other's that he cannot have. */
final class OneRow {

    private final Map<String, Held> rows;

    OneRow(Map<String, Held> rows) {
        this.rows = rows;
    }

    boolean isPossible(Relation relation) {
        return rows.containsKey(relation.name()) && !relation.keys().isEmpty();
    }

    String condition(Pen pen, Source target) {
        Relation relation = target.relation().orElseThrow();
        Held held = Objects.requireNonNull(rows.get(relation.name()));
        Row row = pen.pick(pen.chance(65) ? held.own() : held.all());
        List<String> columns = pen.pick(relation.keys()).columns();
        boolean owner = pen.chance(30);
        String condition = target.terms().stream()
                .filter(term -> columns.contains(term.attribute().name())
                        && (owner || !term.attribute().is(Use.OWNER)))
                .map(term -> "%s is not distinct from %s"
                        .formatted(
                                term.sql(),
                                pen.value(
                                        term.attribute(),
                                        row.values().get(term.attribute().name()))))
                .collect(Collectors.joining(" and "));
        return condition.isEmpty() ? "true" : condition;
    }
}
