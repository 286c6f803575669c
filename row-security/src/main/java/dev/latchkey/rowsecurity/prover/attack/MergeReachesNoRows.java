package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** MERGE that matches, and that does not. */
final class MergeReachesNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String match = target.sql("merge into {table} x using (select {victim} as o) s on x.{owner_id} = s.o ");
        String twin = "when not matched then insert (%s) overriding system value values (%s)"
                .formatted(target.twin().columnList(), target.twin().valueList());
        return List.of(
                Script.other(match + target.sql("when matched then update set {column} = x.{column}")),
                Script.other(match + "when matched then delete"),
                Script.other(match + twin),
                target.other(
                        "merge into {table} x using {table} s on x.{owner_id} <> s.{owner_id} when matched then delete when not matched by source then do nothing"));
    }
}
