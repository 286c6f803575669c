package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Errors as an oracle: division by zero and casts on hidden rows. */
final class ErrorsTellNothing implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(
                Script.other("select count(*) from %s where 1 / (case when owner_id = %s then 0 else 1 end) = 1"
                        .formatted(t, target.victim())),
                Script.other(
                        "select count(*) from %s where (case when owner_id = %s then owner_id else $q$1$q$ end)::integer = 1"
                                .formatted(t, target.victim())),
                Script.other("delete from %s where 1 / (case when owner_id = %s then 0 else 1 end) = 1"
                        .formatted(t, target.victim())),
                Script.other("select 1 / count(*) from %s where owner_id = %s".formatted(t, target.victim())));
    }
}
