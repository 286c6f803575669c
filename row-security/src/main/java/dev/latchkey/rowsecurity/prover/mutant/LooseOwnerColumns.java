package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.Check;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.ArrayList;
import java.util.List;

/** {@code owner_id} loses what makes it one. */
final class LooseOwnerColumns implements Family {

    @Override
    public List<Mutant> of(Table table, Schema schema, String role) {
        String alter = "alter table %s ".formatted(table.name());
        List<Mutant> mutants = new ArrayList<>();
        mutants.add(Mutant.of("owner_id without default", alter + "alter column owner_id drop default"));
        mutants.add(
                Mutant.of("owner_id with a constant default", alter + "alter column owner_id set default 'everybody'"));
        mutants.add(Mutant.of(
                "owner_id nullable", """
                do $do$ declare k text; begin
                  select format('alter table %s drop constraint %%I cascade', conname) into k
                  from pg_catalog.pg_constraint where conrelid = $t$%1$s$t$::regclass and contype = 'p';
                  if k is not null then execute k; end if;
                end $do$""".formatted(table.name()), alter + "alter column owner_id drop not null"));
        List<Check> checks = table.checks().stream()
                .filter(check -> check.columns().equals(List.of(Table.OWNER_ID)))
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
