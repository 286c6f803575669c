package dev.latchkey.rowsecurity;

/** SQL without an owner in scope, or outside of the transaction that would bind one: nothing was sent. Code {@code unbound}. */
public final class UnboundException extends RowSecurityException {

    public static final String CODE = "unbound";

    public UnboundException(String message) {
        super(CODE, message, null);
    }
}
