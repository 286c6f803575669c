package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the owner gets from a sequence, and what is left of the rows.
 *
 * @param answers of each statement's every step
 * @param constraints that were deferred, in the end
 * @param own the owner's rows afterwards, by table
 * @param others all other rows afterwards, by table
 */
record Observation(
        List<List<Answer>> answers, Answer constraints, Map<String, String> own, Map<String, String> others) {

    /** What differs, in words. */
    Optional<String> difference(Observation alone) {
        for (int i = 0; i < answers.size(); i++) {
            for (int step = 0; step < answers.get(i).size(); step++) {
                Answer here = answers.get(i).get(step);
                Answer there = alone.answers.get(i).get(step);
                if (!here.compared().equals(there.compared())) {
                    return Optional.of(compared("statement %d gives".formatted(i + 1), here.shown(), there.shown()));
                }
            }
        }
        if (!constraints.compared().equals(alone.constraints.compared())) {
            return Optional.of(compared("deferred constraints give", constraints.shown(), alone.constraints.shown()));
        }
        return own.keySet().stream()
                .filter(table -> !String.valueOf(own.get(table)).equals(alone.own.get(table)))
                .findFirst()
                .map(table -> compared(
                        "the owner's rows of %s are afterwards".formatted(table),
                        String.valueOf(own.get(table)),
                        String.valueOf(alone.own.get(table))));
    }

    private static String compared(String what, String here, String there) {
        return "%s%nunder row security, beside another owner:  %s%nwithout both:                              %s"
                .formatted(what, here, there);
    }
}
