package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Row locks and LOCK TABLE. */
final class LocksReachNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other("select * from {table} for update"),
                target.other("select * from {table} for no key update skip locked"),
                target.other("select * from {table} where {owner_id} = {victim} for share nowait"),
                target.other("lock table {table} in row exclusive mode", "select count(*) from {table}"));
    }
}
