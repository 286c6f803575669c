package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** A session that nobody bound: nothing is seen, changed or written. */
final class NobodySeesNothing implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.script(Actor.NOBODY, "select * from {table}", "select count(*) from {table}"),
                target.script(Actor.NOBODY, "update {table} set {column} = {column}"),
                target.script(Actor.NOBODY, "delete from {table}"),
                Script.of(Actor.NOBODY, target.theirs().insert()),
                target.script(Actor.VICTIM, "select count(*) from {table}")
                        .as(Actor.NOBODY, target.sql("select * from {table}")));
    }
}
