package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Aggregates, windows, samples and existence. */
final class RowsAreNotCounted implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other(
                        "select count(*), min({owner_id}), max({owner_id}), string_agg({owner_id}, chr(44) order by {owner_id}) from {table}"),
                target.other("select exists (select from {table} where {owner_id} = {victim})"),
                target.other("select {owner_id}, count(*) over (), rank() over (order by {owner_id}) from {table}"),
                target.other("select count(*) from {table} tablesample bernoulli (100)"),
                target.other(
                        "select {owner_id}, count(*) from {table} group by rollup ({owner_id}) having count(*) > 0"),
                target.other(
                        "select (select count(*) from {table}) from (values (1)) v union all select count(*) from {table}"));
    }
}
