package dev.latchkey.localstack;

import java.time.Duration;

/** Waits for a part to come up and says why when it does not. */
final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String part;
    private final Duration patience;
    private final Progress.Step step;

    Readiness(String part, Duration patience, Progress.Step step) {
        this.part = part;
        this.patience = patience;
        this.step = step;
    }

    /** A question that may be asked again and again. */
    interface Probe {
        boolean ready() throws InterruptedException;
    }

    /**
     * Returns when the probe says yes.
     *
     * @throws StartFailure when the process ends, or the time is over, before that
     */
    void await(ChildProcess process, Probe probe) throws InterruptedException {
        while (!probe.ready()) {
            if (process.endsWithin(PAUSE)) {
                throw new StartFailure("%s did not come up, it %s".formatted(part, process.end()));
            }
            if (step.elapsed().compareTo(patience) > 0) {
                throw new StartFailure(
                        "%s did not come up within %d s: %s. Its log: %s. On a slow machine set LATCHKEY_START_TIMEOUT to more seconds."
                                .formatted(part, patience.toSeconds(), LogCause.in(process.log()), process.log()));
            }
            step.tick("still starting");
        }
    }
}
