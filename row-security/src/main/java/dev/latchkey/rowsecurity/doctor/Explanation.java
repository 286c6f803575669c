package dev.latchkey.rowsecurity.doctor;

import java.util.List;

/**
 * Why an owner sees a row, or does not. Never says whose a row is that belongs to somebody else.
 *
 * @param table the table, with its schema
 * @param visible whether a SELECT by the role, bound to the owner, finds the row
 * @param reasons what decides it, at least one
 */
public record Explanation(String table, boolean visible, List<Reason> reasons) {

    /**
     * One of what decides.
     *
     * @param code stable name, in kebab case: docs/reference/doctor.md lists them
     * @param text a sentence
     */
    public record Reason(String code, String text) {

        @Override
        public String toString() {
            return "[%s] %s".formatted(code, text);
        }
    }
}
