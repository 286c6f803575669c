package dev.latchkey.rowsecurity;

import org.jspecify.annotations.Nullable;

/**
 * Row security refused something. The message names the fix and never an owner or a row. Unchecked even where it comes out of a
 * JDBC call, so that no exception translation on the way hides it.
 */
public abstract class RowSecurityException extends RuntimeException {

    private final String code;

    protected RowSecurityException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stable name of the kind of refusal, in snake case, fit for an API's error body. */
    public final String code() {
        return code;
    }
}
