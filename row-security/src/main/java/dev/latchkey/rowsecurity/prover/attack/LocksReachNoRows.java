package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Row locks and LOCK TABLE. */
final class LocksReachNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(
                Script.other("select * from %s for update".formatted(t)),
                Script.other("select * from %s for no key update skip locked".formatted(t)),
                Script.other("select * from %s where owner_id = %s for share nowait".formatted(t, target.victim())),
                Script.other("lock table %s in row exclusive mode".formatted(t), "select count(*) from " + t));
    }
}
