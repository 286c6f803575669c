package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** SET ROLE to the role that owns the table, or to one that reads everything. */
final class OtherRolesAreOutOfReach implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                Script.other(
                        "set local role " + target.table().owner(),
                        target.sql("alter table {table} no force row level security"),
                        target.sql("select * from {table}")),
                target.other("set local role pg_read_all_data", "select * from {table}"),
                target.other("reset role", "select * from {table}"));
    }
}
