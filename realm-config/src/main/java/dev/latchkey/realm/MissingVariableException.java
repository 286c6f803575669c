package dev.latchkey.realm;

import java.util.SortedSet;

/** The realm's files name environment variables that are not set. */
public final class MissingVariableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingVariableException(SortedSet<String> names) {
        super("The realm needs %s: set %s and start again"
                .formatted(
                        names.size() == 1
                                ? "an environment variable that is missing"
                                : "environment variables that are missing",
                        String.join(", ", names)));
    }
}
