package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** MERGE that matches, and that does not. */
final class MergeReachesNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        String match = "merge into %s x using (select %s as o) s on x.owner_id = s.o ".formatted(t, target.victim());
        String twin = "when not matched then insert (%s) overriding system value values (%s)"
                .formatted(target.twin().columnList(), target.twin().valueList());
        return List.of(
                Script.other(match + "when matched then update set %s = x.%1$s".formatted(target.assignable())),
                Script.other(match + "when matched then delete"),
                Script.other(match + twin),
                Script.other(
                        "merge into %1$s x using %1$s s on x.owner_id <> s.owner_id when matched then delete when not matched by source then do nothing"
                                .formatted(t)));
    }
}
