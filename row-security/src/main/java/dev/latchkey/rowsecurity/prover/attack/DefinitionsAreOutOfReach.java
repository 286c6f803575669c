package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** ALTER, DROP, policies and rules need ownership. */
final class DefinitionsAreOutOfReach implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(
                Script.other("alter table %s disable row level security".formatted(t), "select * from " + t),
                Script.other("alter table %s no force row level security".formatted(t), "select * from " + t),
                Script.other("create policy prover_policy on %s using (true)".formatted(t), "select * from " + t),
                Script.other("alter function app.current_owner() immutable", "select * from " + t),
                Script.other("drop table " + t),
                Script.other(
                        "create rule prover_rule as on insert to %s do also delete from %1$s".formatted(t),
                        target.fresh().insert()));
    }
}
