package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Everything at once, by arrays of keys, by physical place, and in several statements. */
final class BulkChangesReachNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(
                Script.other("delete from %s where owner_id = any (array[%s])".formatted(t, target.victim())),
                Script.other("delete from %s where (owner_id, true) in (select owner_id, true from %1$s)".formatted(t)),
                Script.other(
                        "update %s set %s = %2$s where ctid = any (array(select ctid from %1$s))"
                                .formatted(t, target.assignable()),
                        "delete from " + t,
                        "select count(*) from " + t));
    }
}
