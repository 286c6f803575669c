package dev.latchkey.rowsecurity.prover.mutant;

import java.util.ArrayList;
import java.util.List;

/** A table that a migration brings and nobody wrote a test for. */
final class NewTables {

    private NewTables() {}

    static List<Mutant> of(String role, String ownerColumn) {
        List<Mutant> mutants = new ArrayList<>();
        String owned = "%s text not null, id uuid".formatted(ownerColumn);
        for (String columns : List.of(owned, "id uuid")) {
            String table = "create table prover.mutant (%s)".formatted(columns);
            mutants.add(Mutant.of("new table (%s)".formatted(columns), table));
            mutants.add(Mutant.of(
                    "new table (%s), granted".formatted(columns), table, "grant all on prover.mutant to " + role));
            mutants.add(Mutant.of(
                    "new table (%s) in a schema of its own".formatted(columns),
                    "create schema prover_mutant",
                    "grant usage on schema prover_mutant to " + role,
                    table.replace("prover.", "prover_mutant."),
                    "grant select on prover_mutant.mutant to " + role));
        }
        mutants.add(Mutant.of(
                "new table with row level security and no policy but a wide one",
                "create table prover.mutant (%s)".formatted(owned),
                "alter table prover.mutant enable row level security, force row level security",
                "create policy wide on prover.mutant using (true)",
                "grant select on prover.mutant to " + role));
        return mutants;
    }
}
