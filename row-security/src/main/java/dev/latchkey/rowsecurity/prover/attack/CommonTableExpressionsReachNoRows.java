package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Writing and reading CTEs with RETURNING. */
final class CommonTableExpressionsReachNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other(
                        "with gone as (delete from {table} where {owner_id} = {victim} returning *) select * from gone"),
                target.other(
                        "with changed as (update {table} set {column} = {column} returning {owner_id}) select * from changed"),
                target.other(
                        "with all_rows as materialized (select * from {table}) select count(*), max({owner_id}) from all_rows"),
                target.other(
                        "with recursive r (o) as (select {owner_id} from {table} union select x.{owner_id} from {table} x join r on x.{owner_id} <> r.o) select * from r"));
    }
}
