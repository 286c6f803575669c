package dev.latchkey.rowsecurity.prover;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random statements.
 *
 * @param duration how long they are run for; zero for none
 * @param seed decides what they are
 */
public record Fuzzing(Duration duration, long seed) {

    /** No random statements. */
    public static final Fuzzing OFF = new Fuzzing(Duration.ZERO, 0);

    /** System property with a seed, to repeat a run. */
    static final String SEED = "latchkey.fuzz.seed";

    /** With the seed that the system property {@code latchkey.fuzz.seed} gives, or a fresh one. */
    public static Fuzzing lasting(Duration duration) {
        return lasting(duration, 0);
    }

    /** @param seed for when the system property gives none; 0 for a fresh one */
    static Fuzzing lasting(Duration duration, long seed) {
        long fallback = seed == 0 ? ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) : seed;
        return new Fuzzing(duration, Long.getLong(SEED, fallback));
    }

    boolean isOn() {
        return duration.toNanos() > 0;
    }
}
