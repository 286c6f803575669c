package dev.latchkey.rowsecurity;

/** An owner id or actor that does not have the form of one. Code {@code invalid_owner}. */
public final class InvalidOwnerException extends RowSecurityException {

    public static final String CODE = "invalid_owner";

    public InvalidOwnerException(String message) {
        super(CODE, message, null);
    }
}
