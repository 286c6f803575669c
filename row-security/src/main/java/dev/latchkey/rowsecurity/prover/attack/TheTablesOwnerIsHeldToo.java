package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** FORCE: the role that owns the table sees the rows of the bound owner only. */
final class TheTablesOwnerIsHeldToo implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        if (!target.table().ownerIsHeld()) {
            return List.of();
        }
        return List.of(
                target.script(Actor.TABLE_OWNER, "select * from {table}"),
                target.script(Actor.TABLE_OWNER, "delete from {table} where {owner_id} = {victim}"));
    }
}
