package dev.latchkey.rowsecurity;

import org.jspecify.annotations.Nullable;

/** The owner could not be bound to the transaction: the connection was closed and will not be lent out again. Code {@code binding_failed}. */
public final class BindingFailedException extends RowSecurityException {

    public static final String CODE = "binding_failed";

    public BindingFailedException(String message, @Nullable Throwable cause) {
        super(CODE, message, cause);
    }
}
