package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Rolling back to a savepoint does not bring another binding or another'\''s rows. */
final class SavepointsGiveNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(Script.of(
                Actor.OTHER,
                "savepoint prover_one",
                "select count(*) from " + t,
                "delete from " + t,
                "rollback to savepoint prover_one",
                "select * from " + t,
                "release savepoint prover_one"));
    }
}
