package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** A session that nobody bound: nothing is seen, changed or written. */
final class NobodySeesNothing implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(
                Script.of(Actor.NOBODY, "select * from " + t, "select count(*) from " + t),
                Script.of(Actor.NOBODY, "update %s set %s = %2$s".formatted(t, target.assignable())),
                Script.of(Actor.NOBODY, "delete from " + t),
                Script.of(Actor.NOBODY, target.theirs().insert()),
                Script.of(Actor.VICTIM, "select count(*) from " + t).as(Actor.NOBODY, "select * from " + t));
    }
}
