package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;

/**
 * A change, to which RETURNING can be added.
 *
 * @param target whose columns can be returned; those of what it is joined with cannot: which of several matches is taken is nobody's promise
 * @param exact see {@link Statement}
 */
record Write(String sql, Source target, boolean exact) {

    Statement as(Kind kind) {
        return new Statement(kind, List.of(sql), false, exact, true);
    }

    Query returning(Pen pen) {
        SelectList list = SelectList.of(pen.some(target.terms(), 4));
        return new Query(sql + " returning " + list.sql(), list.outputs(), false);
    }
}
