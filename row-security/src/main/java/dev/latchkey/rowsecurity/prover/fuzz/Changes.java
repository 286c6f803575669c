package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.rows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** UPDATE, DELETE and MERGE: of one row by its key, of many, and joined with others. A join never decides which of several values is set. */
final class Changes {

    private final List<Relation> updatable;
    private final List<Relation> mergeable;
    private final List<Relation> deletable;
    private final List<Relation> sources;
    private final Map<String, Held> rows;
    private final Conditions conditions;

    Changes(List<Relation> relations, Map<String, Held> rows, Conditions conditions) {
        this.updatable = relations.stream()
                .filter(relation -> !relation.changeable().isEmpty())
                .toList();
        this.mergeable = updatable.stream()
                .filter(relation -> rows.containsKey(relation.name()))
                .toList();
        this.deletable = relations.stream().filter(Relation::deletable).toList();
        this.sources = relations;
        this.rows = rows;
        this.conditions = conditions;
    }

    boolean canUpdate() {
        return !updatable.isEmpty();
    }

    boolean canMerge() {
        return !mergeable.isEmpty();
    }

    boolean canDelete() {
        return !deletable.isEmpty();
    }

    Write update(Pen pen) {
        Relation relation = pen.pick(updatable);
        Source target = relation.as(pen.alias());
        boolean one = isKeyed(relation) && pen.chance(50);
        List<Attribute> candidates = one && pen.chance(40) ? relation.attributes(Use.UPDATE) : relation.changeable();
        String sets = pen.some(candidates, 2).stream()
                .map(attribute ->
                        attribute.name() + " = " + (one ? pen.value(attribute) : changed(pen, attribute, target)))
                .collect(Collectors.joining(", "));
        String owner = pen.chance(10) ? ownerKept(pen, target) : "";
        String where = one ? " where " + key(pen, target) : conditions.where(pen, List.of(target));
        return new Write(
                "update %s as %s set %s%s%s".formatted(relation.name(), target.alias(), sets, owner, where),
                target,
                one);
    }

    Write updateFrom(Pen pen) {
        Relation relation = pen.pick(updatable);
        Source target = relation.as(pen.alias());
        List<Attribute> sets = pen.some(relation.changeable(), 2);
        Optional<Grouped> grouped = pen.chance(60) ? grouped(pen, target, sets.get(0)) : Optional.empty();
        if (grouped.isPresent()) {
            return new Write(
                    "update %s as %s set %s = %s from %s where %s"
                            .formatted(
                                    relation.name(),
                                    target.alias(),
                                    sets.get(0).name(),
                                    grouped.get().value(),
                                    grouped.get().from(),
                                    grouped.get().on()),
                    target,
                    false);
        }
        String list = sets.stream()
                .map(attribute -> attribute.name() + " = " + pen.value(attribute))
                .collect(Collectors.joining(", "));
        return new Write(
                "update %s as %s set %s from %s".formatted(relation.name(), target.alias(), list, joined(pen, target)),
                target,
                false);
    }

    Write delete(Pen pen) {
        Relation relation = pen.pick(deletable);
        Source target = relation.as(pen.alias());
        boolean one = isKeyed(relation) && pen.chance(50);
        String where = one ? " where " + key(pen, target) : conditions.where(pen, List.of(target));
        return new Write("delete from %s as %s%s".formatted(relation.name(), target.alias(), where), target, false);
    }

    Write deleteUsing(Pen pen) {
        Relation relation = pen.pick(deletable);
        Source target = relation.as(pen.alias());
        return new Write(
                "delete from %s as %s using %s".formatted(relation.name(), target.alias(), joined(pen, target)),
                target,
                false);
    }

    Write merge(Pen pen) {
        Relation relation = pen.pick(mergeable);
        Source target = relation.as(pen.alias());
        Attribute set = pen.pick(relation.changeable());
        Optional<Grouped> grouped = grouped(pen, target, set);
        if (grouped.isEmpty()) {
            return update(pen);
        }
        String condition = pen.chance(30) ? " and " + conditions.condition(pen, List.of(target), 1) : "";
        String matched = switch (pen.upTo(4)) {
            case 1 -> relation.deletable() ? "delete" : "do nothing";
            case 2 -> "do nothing";
            case 3 -> "update set %s = %s".formatted(set.name(), pen.value(set));
            default -> "update set %s = %s".formatted(set.name(), grouped.get().value());
        };
        String sql = "merge into %s as %s using %s on %s when matched%s then %s%s"
                .formatted(
                        relation.name(),
                        target.alias(),
                        grouped.get().from(),
                        grouped.get().on(),
                        condition,
                        matched,
                        pen.chance(50) ? notMatched(pen, relation) : "");
        return new Write(sql, target, false);
    }

    private String notMatched(Pen pen, Relation relation) {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        NewRow.of(pen, relation, held(relation), 10).forEach((attribute, text) -> {
            columns.add(attribute.name());
            values.add(pen.value(attribute, text));
        });
        return columns.isEmpty()
                ? ""
                : " when not matched then insert (%s) overriding system value values (%s)"
                        .formatted(String.join(", ", columns), String.join(", ", values));
    }

    /** One row per key, so that a row of the target meets at most one. */
    private record Grouped(String from, String on, String value) {}

    private Optional<Grouped> grouped(Pen pen, Source target, Attribute set) {
        Source source = pen.pick(sources).as(pen.alias());
        List<Joins.Pair> pairs = Joins.pairs(target, source);
        List<Term> values = source.terms(Use.MAXIMUM).stream()
                .filter(term -> term.attribute().type().equals(set.type()))
                .toList();
        if (pairs.isEmpty() || values.isEmpty()) {
            return Optional.empty();
        }
        Joins.Pair pair = pen.pick(pairs);
        String alias = pen.alias();
        String from = "(select %s as k, %s(%s) as v from %s %s%s group by 1) as %s"
                .formatted(
                        pair.right().sql(),
                        pen.word("min", "max"),
                        pen.pick(values).sql(),
                        source.relation().orElseThrow().name(),
                        source.alias(),
                        conditions.where(pen, List.of(source)),
                        alias);
        return Optional.of(new Grouped(from, "%s = %s.k".formatted(pair.left().sql(), alias), alias + ".v"));
    }

    private String joined(Pen pen, Source target) {
        Source source = pen.pick(sources).as(pen.alias());
        String on = Joins.on(pen, target, source).orElse("true");
        String more = pen.chance(50) ? " and " + conditions.condition(pen, List.of(target, source), 1) : "";
        return "%s %s where %s%s".formatted(source.relation().orElseThrow().name(), source.alias(), on, more);
    }

    /** A value, or another column's: of no unique key, so that the order of the rows does not matter. */
    private static String changed(Pen pen, Attribute attribute, Source target) {
        List<Term> alike = target.terms().stream()
                .filter(term -> term.attribute().type().equals(attribute.type()))
                .toList();
        return target.relation().orElseThrow().table().isPresent() && !alike.isEmpty() && pen.chance(20)
                ? pen.pick(alike).sql()
                : pen.value(attribute);
    }

    private static String ownerKept(Pen pen, Source target) {
        return target.terms(Use.OWNER).stream()
                .filter(term -> target.relation().orElseThrow().table().isPresent())
                .map(term ->
                        ", %s = %s".formatted(term.attribute().name(), pen.word(term.sql(), "app.current_owner()")))
                .collect(Collectors.joining());
    }

    private boolean isKeyed(Relation relation) {
        return rows.containsKey(relation.name())
                && relation.table().stream().anyMatch(table -> !table.keys().isEmpty());
    }

    /** The key of a row, the owner's or the other's, with or without the owner. */
    private String key(Pen pen, Source target) {
        Relation relation = target.relation().orElseThrow();
        Held held = held(relation);
        Row row = pen.pick(pen.chance(65) ? held.own() : held.all());
        List<String> columns = pen.pick(relation.table().orElseThrow().keys()).columns();
        boolean owner = pen.chance(30);
        return target.terms().stream()
                .filter(term -> columns.contains(term.attribute().name())
                        && (owner || !term.attribute().is(Use.OWNER)))
                .map(term -> "%s is not distinct from %s"
                        .formatted(
                                term.sql(),
                                pen.value(
                                        term.attribute(),
                                        row.values().get(term.attribute().name()))))
                .collect(
                        Collectors.collectingAndThen(Collectors.joining(" and "), sql -> sql.isEmpty() ? "true" : sql));
    }

    private Held held(Relation relation) {
        return Objects.requireNonNull(rows.get(relation.name()));
    }
}
