package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A SELECT whose rows are the same whatever plan it is run by.
 *
 * @param outputs columns that an outer query can use
 * @param ordered whether their order is the same as well
 */
record Query(String sql, List<Attribute> outputs, boolean ordered) {

    static Query of(String select, List<Term> terms, From from, String where) {
        SelectList list = SelectList.of(terms);
        return new Query("%s %s from %s%s".formatted(select, list.sql(), from.sql(), where), list.outputs(), false);
    }

    /** In an order that leaves none open. */
    Query inOrder() {
        String order = outputs.stream().map(Attribute::name).collect(Collectors.joining(", "));
        return new Query("%s order by %s".formatted(sql, order), outputs, true);
    }

    Query and(String more) {
        return new Query(sql + more, outputs, ordered);
    }

    Source as(String alias) {
        return Source.of(alias, outputs);
    }
}
