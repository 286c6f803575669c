package dev.latchkey.rowsecurity.prover.fuzz;

import dev.latchkey.rowsecurity.prover.rows.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one table.
 *
 * @param own of the owner whose statements are run
 * @param others of the other owner
 * @param spare not inserted: what new rows are made of
 */
record Held(List<Row> own, List<Row> others, List<Row> spare) {

    List<Row> all() {
        List<Row> all = new ArrayList<>(own);
        all.addAll(others);
        return all;
    }
}
