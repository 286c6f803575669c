package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.world.ForeignKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What two sources have in common. */
final class Joins {

    private Joins() {}

    /** Equality of a foreign key's columns, with or without the owner's, or of any two of one type. */
    static Optional<String> on(Pen pen, Source left, Source right) {
        List<String> references = new ArrayList<>();
        references.addAll(references(pen, left, right));
        references.addAll(references(pen, right, left));
        if (!references.isEmpty() && pen.chance(70)) {
            return Optional.of(pen.pick(references));
        }
        List<Pair> pairs = pairs(left, right);
        return pairs.isEmpty() ? Optional.empty() : Optional.of(pen.pick(pairs).sql());
    }

    /** Columns of one type that can be compared. */
    static List<Pair> pairs(Source left, Source right) {
        return left.terms(Use.ORDER).stream()
                .flatMap(one -> right.terms(Use.ORDER).stream()
                        .filter(other ->
                                other.attribute().type().equals(one.attribute().type()))
                        .map(other -> new Pair(one, other)))
                .toList();
    }

    private static List<String> references(Pen pen, Source child, Source parent) {
        if (child.relation().isEmpty() || parent.relation().isEmpty()) {
            return List.of();
        }
        String parentName = parent.relation().get().name();
        return child.relation().get().table().stream()
                .flatMap(table -> table.foreignKeys().stream())
                .filter(key -> key.parent().equals(parentName))
                .map(key -> equality(pen, key, child, parent))
                .filter(condition -> !condition.isEmpty())
                .toList();
    }

    private static String equality(Pen pen, ForeignKey key, Source child, Source parent) {
        boolean whole = pen.chance(50);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            String column = key.columns().get(i);
            String referred = key.parentColumns().get(i);
            pairs(child, parent).stream()
                    .filter(pair -> pair.left().attribute().name().equals(column)
                            && pair.right().attribute().name().equals(referred))
                    .filter(pair -> whole || !pair.left().attribute().is(Use.OWNER))
                    .forEach(pairs::add);
        }
        return pairs.stream().map(Pair::sql).collect(Collectors.joining(" and "));
    }

    /** Two columns of one type. */
    record Pair(Term left, Term right) {

        String sql() {
            return left.sql() + " = " + right.sql();
        }
    }
}
