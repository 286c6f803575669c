package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** MERGE: a row of the target meets at most one of the source. */
final class Merges {

    private final List<Relation> targets;
    private final List<Relation> sources;
    private final Map<String, Held> rows;
    private final Conditions conditions;

    Merges(List<Relation> relations, Map<String, Held> rows, Conditions conditions) {
        this.targets = relations.stream()
                .filter(relation -> rows.containsKey(relation.name())
                        && relation.isComparable()
                        && !relation.changeable().isEmpty())
                .toList();
        this.sources = relations;
        this.rows = rows;
        this.conditions = conditions;
    }

    boolean arePossible() {
        return !targets.isEmpty();
    }

    Write merge(Pen pen) {
        Relation relation = pen.pick(targets);
        Source target = relation.as(pen.alias());
        Attribute set = pen.pick(relation.changeable());
        Grouped source = Grouped.of(pen, sources, conditions, target, set);
        String condition = pen.chance(30) ? " and " + conditions.condition(pen, List.of(target), 1) : "";
        String matched = switch (pen.upTo(4)) {
            case 1 -> relation.deletable() ? "delete" : "do nothing";
            case 2 -> "do nothing";
            case 3 -> "update set %s = %s".formatted(set.name(), pen.value(set));
            default -> "update set %s = %s".formatted(set.name(), source.value());
        };
        String sql = "merge into %s as %s using %s on %s when matched%s then %s%s"
                .formatted(
                        relation.name(),
                        target.alias(),
                        source.from(),
                        source.on(),
                        condition,
                        matched,
                        pen.chance(50) ? notMatched(pen, relation) : "");
        return new Write(sql, target, false);
    }

    private String notMatched(Pen pen, Relation relation) {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        NewRow.of(pen, relation, Objects.requireNonNull(rows.get(relation.name())), 10)
                .forEach((attribute, text) -> {
                    columns.add(attribute.name());
                    values.add(pen.value(attribute, text));
                });
        return columns.isEmpty()
                ? ""
                : " when not matched then insert (%s) overriding system value values (%s)"
                        .formatted(String.join(", ", columns), String.join(", ", values));
    }
}
