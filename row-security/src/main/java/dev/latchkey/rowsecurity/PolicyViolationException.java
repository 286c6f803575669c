package dev.latchkey.rowsecurity;

/** Postgres refused a statement by policy or privilege (SQLSTATE 42501). Code {@code policy_violation}. */
public final class PolicyViolationException extends RowSecurityException {

    public static final String CODE = "policy_violation";

    public PolicyViolationException(String message, Throwable cause) {
        super(CODE, message, cause);
    }
}
