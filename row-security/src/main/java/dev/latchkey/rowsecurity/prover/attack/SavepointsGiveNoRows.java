package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Rolling back to a savepoint does not bring another binding or another's rows. */
final class SavepointsGiveNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(target.other(
                "savepoint prover_one",
                "select count(*) from {table}",
                "delete from {table}",
                "rollback to savepoint prover_one",
                "select * from {table}",
                "release savepoint prover_one"));
    }
}
