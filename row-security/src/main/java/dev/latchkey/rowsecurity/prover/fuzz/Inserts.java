package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** New rows, always in the owner's own name. */
final class Inserts {

    private final List<Relation> targets;
    private final List<Relation> sources;
    private final Map<String, Held> rows;
    private final Conditions conditions;

    Inserts(List<Relation> relations, Map<String, Held> rows, Conditions conditions) {
        this.targets = relations.stream()
                .filter(relation -> rows.containsKey(relation.name())
                        && !relation.attributes(Use.INSERT).isEmpty())
                .toList();
        this.sources = relations;
        this.rows = rows;
        this.conditions = conditions;
    }

    boolean arePossible() {
        return !targets.isEmpty();
    }

    Write values(Pen pen) {
        Relation relation = pen.pick(targets);
        return values(pen, relation, 30);
    }

    Write orNothing(Pen pen) {
        Write insert = pen.chance(70) ? values(pen, pen.pick(targets), 70) : select(pen);
        String conflict = pen.chance(50) ? target(pen, insert) : "";
        return new Write(
                insert.sql() + " on conflict%s do nothing".formatted(conflict), insert.target(), insert.exact());
    }

    Write orUpdate(Pen pen) {
        Relation relation = pen.pick(targets);
        Write insert = values(pen, relation, 70);
        List<Attribute> changeable = relation.changeable();
        if (relation.table().orElseThrow().keys().isEmpty() || changeable.isEmpty()) {
            return insert;
        }
        String alias = insert.target().alias();
        String set = pen.some(changeable, 2).stream()
                .map(attribute -> "%s = %s"
                        .formatted(
                                attribute.name(),
                                switch (pen.upTo(4)) {
                                    case 1, 2 -> "excluded." + attribute.name();
                                    case 3 -> alias + '.' + attribute.name();
                                    default -> pen.value(attribute);
                                }))
                .collect(Collectors.joining(", "));
        return new Write(
                "%s on conflict%s do update set %s%s"
                        .formatted(
                                insert.sql(),
                                target(pen, insert),
                                set,
                                pen.chance(40) ? conditions.where(pen, List.of(insert.target())) : ""),
                insert.target(),
                insert.exact());
    }

    /** In total order, so that it is always the same row that comes first and takes a key. */
    Write select(Pen pen) {
        Relation relation = pen.pick(targets);
        Source source = (pen.chance(60) ? relation : pen.pick(sources)).as(pen.alias());
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        List<String> order = new ArrayList<>();
        NewRow.of(pen, relation, held(relation), 10).forEach((attribute, text) -> {
            Optional<Term> like = pen.chance(50) ? like(pen, attribute, source) : Optional.empty();
            columns.add(attribute.name());
            values.add(like.map(Term::sql).orElseGet(() -> pen.value(attribute, text)));
            like.ifPresent(term -> order.add(term.sql()));
        });
        if (source.relation().equals(Optional.of(relation)) && pen.chance(30)) {
            source.terms(Use.OWNER).forEach(term -> {
                columns.add(term.attribute().name());
                values.add(term.sql());
            });
        }
        String rows = "select %s from %s %s%s%s limit %d"
                .formatted(
                        String.join(", ", values),
                        source.relation().orElseThrow().name(),
                        source.alias(),
                        conditions.where(pen, List.of(source)),
                        order.isEmpty() ? "" : " order by " + String.join(", ", order),
                        pen.upTo(2));
        return write(pen, relation, columns, rows, false);
    }

    private Write values(Pen pen, Relation relation, int taken) {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        NewRow.of(pen, relation, held(relation), taken).forEach((attribute, text) -> {
            columns.add(attribute.name());
            values.add(pen.value(attribute, text));
        });
        if (pen.chance(50)) {
            relation.attributes(Use.OWNER).forEach(attribute -> {
                columns.add(attribute.name());
                values.add(pen.chance(50) ? pen.fixed(attribute, TwoOwners.OWNER) : "app.current_owner()");
            });
        }
        return write(pen, relation, columns, "values (%s)".formatted(String.join(", ", values)), true);
    }

    private static Write write(Pen pen, Relation relation, List<String> columns, String rows, boolean exact) {
        Source target = relation.as(pen.alias());
        String sql = "insert into %s as %s (%s) overriding system value %s"
                .formatted(relation.name(), target.alias(), String.join(", ", columns), rows);
        return new Write(sql, target, exact);
    }

    private static Optional<Term> like(Pen pen, Attribute attribute, Source source) {
        List<Term> terms = source.terms(Use.ORDER).stream()
                .filter(term -> term.attribute().type().equals(attribute.type()))
                .toList();
        return terms.stream()
                .filter(term -> term.attribute().name().equals(attribute.name()))
                .findFirst()
                .or(() -> terms.isEmpty() ? Optional.empty() : Optional.of(pen.pick(terms)));
    }

    private String target(Pen pen, Write insert) {
        List<Key> keys =
                insert.target().relation().orElseThrow().table().orElseThrow().keys();
        return keys.isEmpty()
                ? ""
                : " (%s)".formatted(String.join(", ", pen.pick(keys).columns()));
    }

    private Held held(Relation relation) {
        return Objects.requireNonNull(rows.get(relation.name()));
    }
}
