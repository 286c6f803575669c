package dev.latchkey.rowsecurity.prover.fuzz;

/** Kinds of statements. */
enum Kind {
    SELECT,
    JOIN,
    SUBQUERY,
    LATERAL,
    AGGREGATE,
    WINDOW,
    SET_OPERATION,
    CTE,
    LIMIT,
    LOCK,
    INSERT,
    INSERT_SELECT,
    ON_CONFLICT_DO_NOTHING,
    ON_CONFLICT_DO_UPDATE,
    UPDATE,
    UPDATE_FROM,
    DELETE,
    DELETE_USING,
    MERGE,
    WRITING_CTE,
    PREPARED
}
