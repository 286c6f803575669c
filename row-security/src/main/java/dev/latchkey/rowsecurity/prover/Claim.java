package dev.latchkey.rowsecurity.prover;

import java.sql.SQLException;
import java.util.Optional;

/** One thing that has to hold in the live schema. */
public final class Claim {

    /** Looks whether it holds: what is wrong, or nothing. */
    @FunctionalInterface
    interface Examination {
        Optional<String> problem() throws SQLException;
    }

    private final String name;
    private final Examination examination;

    Claim(String name, Examination examination) {
        this.name = name;
        this.examination = examination;
    }

    /**
     * Looks whether it holds.
     *
     * @throws AssertionError if it does not; the message says what was run and seen
     */
    public void verify() throws SQLException {
        Optional<String> problem = examination.problem();
        if (problem.isPresent()) {
            throw new AssertionError(name + ": " + problem.get());
        }
    }

    /** The claim as a sentence. */
    @Override
    public String toString() {
        return name;
    }
}
