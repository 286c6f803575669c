package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** UPDATE of everything, of the named owner, of the row, and with a join. */
final class RowsAreNotUpdated implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other("update {table} set {column} = {column}"),
                target.other("update {table} set {column} = {column} where {owner_id} = {victim}"),
                target.other("update {table} set {column} = {column} where {theirs}"),
                target.other("update {table} x set {owner_id} = app.current_owner() where x.{owner_id} = {victim}"),
                target.other(
                        "update {table} x set {column} = x.{column} from {table} y where y.{owner_id} <> x.{owner_id}"));
    }
}
