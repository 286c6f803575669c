package dev.latchkey.liquibase;

/** The migration could not be carried out. The message is one line and names the cause; it holds no password. */
public final class MigrationException extends RuntimeException {

    MigrationException(String message) {
        super(message);
    }

    MigrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
