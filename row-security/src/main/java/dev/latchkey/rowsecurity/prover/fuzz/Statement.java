package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;

/**
 * One statement, or what belongs to a prepared one.
 *
 * @param ordered whether the order of its rows is part of what it says
 * @param exact whether it can only fail in one way. Which of several rows fails first, and at what, is nobody's promise
 * @param writes whether it may change rows
 */
record Statement(Kind kind, List<String> sql, boolean ordered, boolean exact, boolean writes) {

    static Statement of(Kind kind, Query query) {
        return new Statement(kind, List.of(query.sql()), query.ordered(), false, false);
    }

    Statement with(String other) {
        return new Statement(kind, List.of(other), ordered, exact, writes);
    }
}
