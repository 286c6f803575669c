package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** row_security = off and its kin give an error or nothing, never rows. */
final class RowSecurityIsNotSwitchedOff implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other("set local row_security = off", "select * from {table}"),
                target.other("set local session_replication_role = replica", "delete from {table}"),
                target.other("set local search_path = pg_temp, public", "select * from {table}"));
    }
}
