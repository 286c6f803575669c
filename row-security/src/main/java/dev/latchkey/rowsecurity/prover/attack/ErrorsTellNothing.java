package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Errors as an oracle: division by zero and casts on hidden rows. */
final class ErrorsTellNothing implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other(
                        "select count(*) from {table} where 1 / (case when {owner_id} = {victim} then 0 else 1 end) = 1"),
                target.other(
                        "select count(*) from {table} where (case when {owner_id} = {victim} then {owner_id} else $q$1$q$ end)::integer = 1"),
                target.other("delete from {table} where 1 / (case when {owner_id} = {victim} then 0 else 1 end) = 1"),
                target.other("select 1 / count(*) from {table} where {owner_id} = {victim}"));
    }
}
