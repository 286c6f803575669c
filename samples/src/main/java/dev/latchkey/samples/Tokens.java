package dev.latchkey.samples;

import java.time.Duration;
import java.time.Instant;

/** What a sign-in or a refresh gives. An access token is opaque to a client: when it ends, the answer says. */
record Tokens(String access, Instant accessEnds, String refresh) {

    /** For the way to the API, and for clocks that differ. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    boolean usableAt(Instant time) {
        return time.plus(MARGIN).isBefore(accessEnds);
    }

    /** Tokens stay out of logs. */
    @Override
    public String toString() {
        return "Tokens until " + accessEnds;
    }
}
