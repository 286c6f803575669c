package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** UPDATE of everything, of the named owner, of the row, and with a join. */
final class RowsAreNotUpdated implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        String set = "update %s set %s = %2$s".formatted(t, target.assignable());
        return List.of(
                Script.other(set),
                Script.other(set + " where owner_id = " + target.victim()),
                Script.other(set + " where " + target.likeTheirs()),
                Script.other("update %s x set owner_id = app.current_owner() where x.owner_id = %s"
                        .formatted(t, target.victim())),
                Script.other("update %1$s x set %2$s = x.%2$s from %1$s y where y.owner_id <> x.owner_id"
                        .formatted(t, target.assignable())));
    }
}
