package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Writing and reading CTEs with RETURNING. */
final class CommonTableExpressionsReachNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(
                Script.other("with gone as (delete from %s where owner_id = %s returning *) select * from gone"
                        .formatted(t, target.victim())),
                Script.other("with changed as (update %s set %s = %2$s returning owner_id) select * from changed"
                        .formatted(t, target.assignable())),
                Script.other(
                        "with all_rows as materialized (select * from %s) select count(*), max(owner_id) from all_rows"
                                .formatted(t)),
                Script.other(
                        "with recursive r (o) as (select owner_id from %1$s union select x.owner_id from %1$s x join r on x.owner_id <> r.o) select * from r"
                                .formatted(t)));
    }
}
