package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.ArrayList;
import java.util.List;

/** A further permissive policy, or the standard one made to let more through. */
final class WidenedPolicies implements Family {

    @Override
    public List<Mutant> of(Table table, Schema schema, String role) {
        String on = " on " + table.name();
        String owner = table.ownerColumn();
        List<Mutant> mutants = new ArrayList<>();
        mutants.add(Mutant.of("policy using (true)", "create policy prover_mutant" + on + " using (true)"));
        mutants.add(Mutant.of(
                "policy for the application's role",
                "create policy prover_mutant%s to %s using (true)".formatted(on, role)));
        mutants.add(Mutant.of(
                "policy that forgets WITH CHECK's owner",
                "create policy prover_mutant" + on + " for insert with check (true)"));
        for (String verb : List.of("select", "update", "delete")) {
            mutants.add(Mutant.of(
                    "policy for %s using (true)".formatted(verb),
                    "create policy prover_mutant%s for %s using (true)".formatted(on, verb)));
        }
        mutants.add(Mutant.of("standard policy with check (true)", standard(table, "with check (true)")));
        mutants.add(Mutant.of("standard policy using (true)", standard(table, "using (true)")));
        mutants.add(Mutant.of(
                "standard policy that also shows rows to nobody in particular",
                standard(
                        table, "using (" + owner + " = (select app.current_owner()) or app.current_owner() is null)")));
        mutants.add(Mutant.of("no policy but a wide one", standard(table, "using (" + owner + " is not null)")));
        return mutants;
    }

    /** Whatever its name is. */
    private static String standard(Table table, String clause) {
        return """
                do $do$ declare p record; begin
                  for p in select polname from pg_catalog.pg_policy where polrelid = $t$%s$t$::regclass and polpermissive and polcmd = '*' loop
                    execute format('alter policy %%I on %1$s %s', p.polname);
                  end loop;
                end $do$""".formatted(table.name(), clause);
    }
}
