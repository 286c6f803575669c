package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;
import java.util.stream.Collectors;

/** UPDATE: of one row by its key, of many, and joined with others. A join never decides which of several values is set. */
final class Updates {

    private final List<Relation> targets;
    private final List<Relation> sources;
    private final OneRow oneRow;
    private final Conditions conditions;

    Updates(List<Relation> relations, OneRow oneRow, Conditions conditions) {
        this.targets = relations.stream()
                .filter(relation -> !relation.changeable().isEmpty())
                .toList();
        this.sources = relations;
        this.oneRow = oneRow;
        this.conditions = conditions;
    }

    boolean arePossible() {
        return !targets.isEmpty();
    }

    Write update(Pen pen) {
        Relation relation = pen.pick(targets);
        Source target = relation.as(pen.alias());
        boolean one = oneRow.isPossible(relation) && pen.chance(50);
        List<Attribute> candidates = one && pen.chance(40) ? relation.attributes(Use.UPDATE) : relation.changeable();
        String sets = pen.some(candidates, 2).stream()
                .map(attribute ->
                        attribute.name() + " = " + (one ? pen.value(attribute) : changed(pen, attribute, target)))
                .collect(Collectors.joining(", "));
        String owner = pen.chance(10) ? ownerKept(pen, target) : "";
        String where = one ? " where " + oneRow.condition(pen, target) : conditions.where(pen, List.of(target));
        return new Write(
                "update %s as %s set %s%s%s".formatted(relation.name(), target.alias(), sets, owner, where),
                target,
                one);
    }

    Write from(Pen pen) {
        Relation relation = pen.pick(targets);
        Source target = relation.as(pen.alias());
        List<Attribute> sets = pen.some(relation.changeable(), 2);
        if (relation.isComparable() && pen.chance(60)) {
            Grouped source = Grouped.of(pen, sources, conditions, target, sets.get(0));
            String sql = "update %s as %s set %s = %s from %s where %s"
                    .formatted(
                            relation.name(),
                            target.alias(),
                            sets.get(0).name(),
                            source.value(),
                            source.from(),
                            source.on());
            return new Write(sql, target, false);
        }
        String list = sets.stream()
                .map(attribute -> attribute.name() + " = " + pen.value(attribute))
                .collect(Collectors.joining(", "));
        return new Write(
                "update %s as %s set %s from %s"
                        .formatted(relation.name(), target.alias(), list, conditions.joined(pen, target)),
                target,
                false);
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
}
