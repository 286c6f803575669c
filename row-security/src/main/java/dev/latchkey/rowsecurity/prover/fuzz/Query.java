package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;

/** A SELECT whose rows are the same whatever plan it is run by. */
record Query(String sql, List<Attribute> outputs, boolean ordered) {

    Source as(String alias) {
        return Source.of(alias, outputs);
    }
}
