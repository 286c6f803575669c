package dev.latchkey.api.schema;

/** The database lacks changesets of this build. */
final class SchemaBehindException extends RuntimeException {

    SchemaBehindException(int missing, String first) {
        super("The database is behind this build: %s, the first is %s."
                .formatted(
                        missing == 1 ? "one changeset is not applied" : missing + " changesets are not applied",
                        first));
    }
}
