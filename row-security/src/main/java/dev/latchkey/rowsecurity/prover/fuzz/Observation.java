package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the owner gets from a sequence, and what is left of the rows.
 *
 * @param answers of each statement's every step, and of deferred constraints in the end
 * @param own the owner's rows afterwards, by table
 * @param others all other rows afterwards, by table
 */
record Observation(List<List<Answer>> answers, Map<String, List<String>> own, Map<String, List<String>> others) {

    /** What differs, in words. */
    Optional<String> difference(Observation alone) {
        for (int i = 0; i < answers.size(); i++) {
            for (int step = 0; step < answers.get(i).size(); step++) {
                Answer here = answers.get(i).get(step);
                Answer there = alone.answers.get(i).get(step);
                if (!here.compared().equals(there.compared())) {
                    String what = i + 1 < answers.size()
                            ? "statement %d gives".formatted(i + 1)
                            : "deferred constraints give";
                    return Optional.of(compared(what, here.shown(), there.shown()));
                }
            }
        }
        return own.keySet().stream()
                .filter(table -> !rows(table).equals(alone.rows(table)))
                .findFirst()
                .map(table -> compared(
                        "the owner's rows of %s differ afterwards".formatted(table),
                        without(rows(table), alone.rows(table)),
                        without(alone.rows(table), rows(table))));
    }

    private List<String> rows(String table) {
        return own.getOrDefault(table, List.of());
    }

    private static String without(List<String> rows, List<String> others) {
        return rows.stream().filter(row -> !others.contains(row)).toList().toString();
    }

    private static String compared(String what, String here, String there) {
        return "%s%nunder row security, beside another owner:  %s%nwithout both:                              %s"
                .formatted(what, here, there);
    }
}
