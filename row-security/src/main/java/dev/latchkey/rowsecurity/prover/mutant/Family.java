package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.List;

/** Breaks of one kind. */
interface Family {

    /**
     * Those that this table can have.
     *
     * @param role of the application, as SQL
     */
    List<Mutant> of(Table table, Schema schema, String role);
}
