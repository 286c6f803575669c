package dev.latchkey.rowsecurity.prover.attack;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** NULL and the empty owner. */
final class RowsOfNobodyAreNotWritten implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String owner = target.table().ownerColumn();
        String empty = target.fresh().with(Map.of(owner, "")).insert();
        return List.of(
                Script.other(target.fresh()
                        .with(Collections.singletonMap(owner, null))
                        .insert()),
                Script.other(empty),
                Script.of(Actor.NOBODY, empty),
                target.other("update {table} set {owner_id} = null"));
    }
}
