package dev.latchkey.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What the person who started the stack reads while waiting: one line for each step. */
public final class Progress {

    private final PrintStream out;

    public Progress(PrintStream out) {
        this.out = out;
    }

    void say(String part, String what) {
        out.printf(Locale.ROOT, "  %-10s %s%n", part, what);
    }

    Step step(String part, String what) {
        say(part, what + " ...");
        return new Step(part, System.nanoTime());
    }

    /** A step under way; {@link #tick} may be called as often as one likes and speaks every ten seconds. */
    final class Step {

        private static final long PAUSE_SECONDS = 10;

        private final String part;
        private final long began;
        private long spoken;

        private Step(String part, long began) {
            this.part = part;
            this.began = began;
        }

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - began);
        }

        void tick(String what) {
            long seconds = elapsed().toSeconds();
            if (seconds - spoken >= PAUSE_SECONDS) {
                spoken = seconds;
                say(part, "... %s (%d s)".formatted(what, seconds));
            }
        }

        void done(String what) {
            say(part, String.format(Locale.ROOT, "%s (%.1f s)", what, elapsed().toMillis() / 1000.0));
        }
    }
}
