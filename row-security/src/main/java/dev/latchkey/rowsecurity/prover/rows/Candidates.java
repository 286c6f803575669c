package dev.latchkey.rowsecurity.prover.rows;

import dev.latchkey.rowsecurity.prover.world.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Texts to try for a column, the likeliest first: those that differ from row to row, then what the constraints' own literals suggest. Most are no values of
 * the column's type at all; {@link Solver} lets Postgres drop those.
 */
final class Candidates {

    private Candidates() {}

    /** @param rules text of every constraint that holds for the column */
    static List<String> of(Column column, String rules, int row, Random random) {
        return of(Wish.of(column, column.rules() + " " + rules, row, random), column.category());
    }

    /** @param category {@code pg_type.typcategory}, or empty if it could be anything */
    static List<String> of(Wish wish, String category) {
        Set<String> texts = new LinkedHashSet<>();
        switch (category) {
            case "E" -> texts.addAll(wish.rotated());
            case "N" -> texts.addAll(Scalars.numbers(wish));
            case "S" -> texts.addAll(Strings.of(wish));
            case "A" -> texts.addAll(Containers.arrays(wish));
            case "R" -> texts.addAll(Scalars.ranges(wish));
            case "B" -> texts.addAll(wish.row() % 2 == 0 ? List.of("true", "false") : List.of("false", "true"));
            case "D", "T" -> texts.addAll(Scalars.times(wish));
            default -> {
                texts.addAll(Oddities.of(wish));
                texts.addAll(Containers.documents(wish));
                texts.addAll(Scalars.numbers(wish));
                texts.addAll(Strings.of(wish));
            }
        }
        return List.copyOf(texts);
    }
}
