package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** Everything at once, by arrays of keys, by physical place, and in several statements. */
final class BulkChangesReachNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.other("delete from {table} where {owner_id} = any (array[{victim}])"),
                target.other("delete from {table} where ({owner_id}, true) in (select {owner_id}, true from {table})"),
                target.other(
                        "update {table} set {column} = {column} where ctid = any (array(select ctid from {table}))",
                        "delete from {table}",
                        "select count(*) from {table}"));
    }
}
