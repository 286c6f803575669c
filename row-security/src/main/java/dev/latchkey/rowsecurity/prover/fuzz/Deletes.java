package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;

/** DELETE: of one row by its key, of many, and joined with others. */
final class Deletes {

    private final List<Relation> targets;
    private final OneRow oneRow;
    private final Conditions conditions;

    Deletes(List<Relation> relations, OneRow oneRow, Conditions conditions) {
        this.targets = relations.stream().filter(Relation::deletable).toList();
        this.oneRow = oneRow;
        this.conditions = conditions;
    }

    boolean arePossible() {
        return !targets.isEmpty();
    }

    Write delete(Pen pen) {
        Relation relation = pen.pick(targets);
        Source target = relation.as(pen.alias());
        boolean one = oneRow.isPossible(relation) && pen.chance(50);
        String where = one ? " where " + oneRow.condition(pen, target) : conditions.where(pen, List.of(target));
        return new Write("delete from %s as %s%s".formatted(relation.name(), target.alias(), where), target, false);
    }

    Write using(Pen pen) {
        Relation relation = pen.pick(targets);
        Source target = relation.as(pen.alias());
        return new Write(
                "delete from %s as %s using %s"
                        .formatted(relation.name(), target.alias(), conditions.joined(pen, target)),
                target,
                false);
    }
}
