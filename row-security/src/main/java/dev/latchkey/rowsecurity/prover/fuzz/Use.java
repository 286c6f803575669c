package dev.latchkey.rowsecurity.prover.fuzz;

/** What a statement of the application can do with a column. */
enum Use {
    READ,
    INSERT,
    UPDATE,
    /** Compare, sort, group. */
    ORDER,
    MAXIMUM,
    SUM,
    /** Stands in a unique index or an exclusion constraint: whether a change of many rows succeeds may depend on their order. */
    KEY,
    /** Says whose the row is: never given another's name. */
    OWNER,
    /** Not a domain: values near those that are there are values as well. */
    PLAIN
}
