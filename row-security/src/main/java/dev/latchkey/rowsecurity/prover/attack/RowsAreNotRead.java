package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Plain reading, also by naming the owner and by asking for the row's key. */
final class RowsAreNotRead implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other("select * from {table}"),
                target.other("select * from {table} where {owner_id} = {victim}"),
                target.other("select * from {table} where {theirs}"),
                target.other("table {table}"),
                target.other(
                        "select s.* from (select * from {table} offset 0) s where {owner_id} <> app.current_owner()"),
                target.other(
                        "select a.* from {table} a left join {table} b on a.{owner_id} <> b.{owner_id} where b.{owner_id} is not null"));
    }
}
