package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** DELETE of everything, of the named owner, of the row, and with a join. */
final class RowsAreNotDeleted implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(
                Script.other("delete from %s where owner_id = %s".formatted(t, target.victim())),
                Script.other("delete from %s where %s".formatted(t, target.likeTheirs())),
                Script.other("delete from %1$s x using %1$s y where x.owner_id <> y.owner_id".formatted(t)),
                Script.other("delete from " + t));
    }
}
