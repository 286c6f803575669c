package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** ALTER, DROP, policies and rules need ownership. */
final class DefinitionsAreOutOfReach implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other("alter table {table} disable row level security", "select * from {table}"),
                target.other("alter table {table} no force row level security", "select * from {table}"),
                target.other("create policy prover_policy on {table} using (true)", "select * from {table}"),
                target.other("alter function app.current_owner() immutable", "select * from {table}"),
                target.other("drop table {table}"),
                Script.other(
                        target.sql("create rule prover_rule as on insert to {table} do also delete from {table}"),
                        target.fresh().insert()));
    }
}
