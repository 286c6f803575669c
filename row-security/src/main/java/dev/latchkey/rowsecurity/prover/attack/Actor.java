package dev.latchkey.rowsecurity.prover.attack;

/** Who runs a statement. Statements of {@link #OTHER}, {@link #NOBODY} and {@link #TABLE_OWNER} are observed. */
enum Actor {
    /** The superuser: prepares. */
    ADMIN,
    /** The application, bound to the owner whose rows are at stake. */
    VICTIM,
    /** The same, changing rows of his own: what does not happen where there is no victim. */
    VICTIM_AT_WORK,
    /** The application, bound to another owner. */
    OTHER,
    /** The application, not bound at all. */
    NOBODY,
    /** The role that owns the table, bound to the other owner. */
    TABLE_OWNER;

    boolean isObserved() {
        return this == OTHER || this == NOBODY || this == TABLE_OWNER;
    }
}
