package dev.latchkey.rowsecurity.prover.mutant;

import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.util.List;

/** Row level security is not enabled, or not forced. */
final class SwitchedOff implements Family {

    @Override
    public List<Mutant> of(Table table, Schema schema, String role) {
        String alter = "alter table %s ".formatted(table.name());
        return List.of(
                Mutant.of("row level security disabled", alter + "disable row level security"),
                Mutant.of("not forced", alter + "no force row level security"));
    }
}
