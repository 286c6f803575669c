package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** What SELECT or RETURNING gives, each under a name of its own. */
record SelectList(String sql, List<Attribute> outputs) {

    static SelectList of(List<Term> terms) {
        var sql = new StringJoiner(", ");
        List<Attribute> outputs = new ArrayList<>();
        for (Term term : terms) {
            Attribute output = term.attribute().as("c" + outputs.size());
            sql.add(term.sql() + " as " + output.name());
            outputs.add(output);
        }
        return new SelectList(sql.toString(), List.copyOf(outputs));
    }
}
