package dev.latchkey.rowsecurity;

/** Another owner is in scope than the one whom the transaction or persistence context serves: nothing was sent. Code {@code owner_changed}. */
public final class OwnerChangedException extends RowSecurityException {

    public static final String CODE = "owner_changed";

    public OwnerChangedException(String message) {
        super(CODE, message, null);
    }
}
