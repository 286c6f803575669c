package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Plain reading, also by naming the owner and by asking for the row's key. */
final class RowsAreNotRead implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(
                Script.other("select * from " + t),
                Script.other("select * from %s where owner_id = %s".formatted(t, target.victim())),
                Script.other("select * from %s where %s".formatted(t, target.likeTheirs())),
                Script.other("table " + t),
                Script.other("select s.* from (select * from %s offset 0) s where owner_id <> app.current_owner()"
                        .formatted(t)),
                Script.other(
                        "select a.* from %1$s a left join %1$s b on a.owner_id <> b.owner_id where b.owner_id is not null"
                                .formatted(t)));
    }
}
