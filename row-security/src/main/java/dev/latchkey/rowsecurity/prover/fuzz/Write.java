package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
        List<Term> terms = pen.some(target.terms(), 4);
        List<Attribute> outputs = new ArrayList<>();
        String list = IntStream.range(0, terms.size())
                .mapToObj(i -> {
                    outputs.add(terms.get(i).attribute().as("c" + i));
                    return terms.get(i).sql() + " as c" + i;
                })
                .collect(Collectors.joining(", "));
        return new Query(sql + " returning " + list, outputs, false);
    }
}
