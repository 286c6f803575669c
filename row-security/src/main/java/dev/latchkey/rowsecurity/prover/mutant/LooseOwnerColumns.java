package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.Check;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.ArrayList;
import java.util.List;

/** The owner column loses what makes it one. */
final class LooseOwnerColumns implements Family {

    @Override
    public List<Mutant> of(Table table, Schema schema, String role) {
        String alter = "alter table %s ".formatted(table.name());
        String column = alter + "alter column " + table.ownerColumn();
        List<Mutant> mutants = new ArrayList<>();
        mutants.add(Mutant.of("owner_id without default", column + " drop default"));
        mutants.add(Mutant.of("owner_id with a constant default", column + " set default 'everybody'"));
        mutants.add(Mutant.of("owner_id nullable", """
                do $do$ declare k text; begin
                  select format('alter table %s drop constraint %%I cascade', conname) into k
                  from pg_catalog.pg_constraint where conrelid = $t$%1$s$t$::regclass and contype = 'p';
                  if k is not null then execute k; end if;
                end $do$""".formatted(table.name()), column + " drop not null"));
        List<Check> checks = table.checks().stream()
                .filter(check -> check.columns().equals(List.of(table.ownerColumn())))
                .toList();
        if (!checks.isEmpty()) {
            mutants.add(new Mutant(
                    "owner_id without its check",
                    checks.stream()
                            .map(check -> alter + "drop constraint " + check.name())
                            .toList()));
        }
        return mutants;
    }
}
