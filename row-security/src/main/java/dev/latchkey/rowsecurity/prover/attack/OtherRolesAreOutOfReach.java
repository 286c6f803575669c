package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** SET ROLE to the role that owns the table, or to one that reads everything. */
final class OtherRolesAreOutOfReach implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(
                Script.other(
                        "set local role " + target.table().owner(),
                        "alter table %s no force row level security".formatted(t),
                        "select * from " + t),
                Script.other("set local role pg_read_all_data", "select * from " + t),
                Script.other("reset role", "select * from " + t));
    }
}
