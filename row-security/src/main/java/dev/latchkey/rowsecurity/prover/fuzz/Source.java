package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;
import java.util.Optional;

/**
 * What stands in FROM under a name.
 *
 * @param relation none for a query
 */
record Source(String alias, Optional<Relation> relation, List<Attribute> attributes) {

    static Source of(String alias, List<Attribute> outputs) {
        return new Source(alias, Optional.empty(), outputs);
    }

    List<Term> terms() {
        return attributes.stream()
                .map(attribute -> new Term(alias + '.' + attribute.name(), attribute))
                .toList();
    }

    List<Term> terms(Use use) {
        return terms().stream().filter(term -> term.attribute().is(use)).toList();
    }
}
