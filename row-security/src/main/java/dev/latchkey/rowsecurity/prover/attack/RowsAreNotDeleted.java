package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** DELETE of everything, of the named owner, of the row, and with a join. */
final class RowsAreNotDeleted implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other("delete from {table} where {owner_id} = {victim}"),
                target.other("delete from {table} where {theirs}"),
                target.other("delete from {table} x using {table} y where x.{owner_id} <> y.{owner_id}"),
                target.other("delete from {table}"));
    }
}
