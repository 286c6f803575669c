package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.ArrayList;
import java.util.List;

/** Objects beside the table that show its rows without its policy. */
final class WaysAround implements Family {

    @Override
    public List<Mutant> of(Table table, Schema schema, String role) {
        String t = table.name();
        String grant = "grant select on prover.mutant to " + role;
        List<Mutant> mutants = new ArrayList<>();
        mutants.add(
                Mutant.of("view with its definer's rights", "create view prover.mutant as select * from " + t, grant));
        mutants.add(
                Mutant.of("materialized view", "create materialized view prover.mutant as select * from " + t, grant));
        mutants.add(Mutant.of("copy of the table", "create table prover.mutant as select * from " + t, grant));
        mutants.add(Mutant.of(
                "function with its definer's rights",
                "create function prover.mutant() returns setof %s language sql security definer as 'select * from %1$s'"
                        .formatted(t.replace("'", "''"))));
        if (!table.partitioned()) {
            mutants.add(
                    Mutant.of("unprotected child", "create table prover.mutant () inherits (%s)".formatted(t), grant));
        }
        mutants.add(Mutant.of("owned by the application", "alter table %s owner to %s".formatted(t, role)));
        return mutants;
    }
}
