package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Aggregates, windows, samples and existence. */
final class RowsAreNotCounted implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        return List.of(
                Script.other(
                        "select count(*), min(owner_id), max(owner_id), string_agg(owner_id, chr(44) order by owner_id) from "
                                + t),
                Script.other("select exists (select from %s where owner_id = %s)".formatted(t, target.victim())),
                Script.other("select owner_id, count(*) over (), rank() over (order by owner_id) from " + t),
                Script.other("select count(*) from %s tablesample bernoulli (100)".formatted(t)),
                Script.other("select owner_id, count(*) from %s group by rollup (owner_id) having count(*) > 0"
                        .formatted(t)),
                Script.other(
                        "select (select count(*) from %1$s) from (values (1)) v union all select count(*) from %1$s"
                                .formatted(t)));
    }
}
