package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** How many statements were run, and how many of them without an error. */
final class Tally {

    private final Map<Kind, Integer> run = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> succeeded = new EnumMap<>(Kind.class);
    private int sequences;

    void add(Sequence sequence, Observation observation) {
        sequences++;
        for (int i = 0; i < sequence.statements().size(); i++) {
            Kind kind = sequence.statements().get(i).kind();
            run.merge(kind, 1, Integer::sum);
            if (observation.answers().get(i).stream().allMatch(Answer::succeeded)) {
                succeeded.merge(kind, 1, Integer::sum);
            }
        }
    }

    int sequences() {
        return sequences;
    }

    int statements() {
        return total(run);
    }

    /** Of a hundred statements. */
    int percentSucceeded() {
        return statements() == 0 ? 0 : 100 * total(succeeded) / statements();
    }

    /** Kinds of which at least one statement ran without an error. */
    Set<Kind> succeeded() {
        return succeeded.keySet();
    }

    @Override
    public String toString() {
        return "%d statements in %d sequences, %d %% without an error"
                .formatted(statements(), sequences, percentSucceeded());
    }

    private static int total(Map<Kind, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
