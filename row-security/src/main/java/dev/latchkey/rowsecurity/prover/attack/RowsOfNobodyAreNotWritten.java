package dev.latchkey.rowsecurity.prover.attack;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** NULL and the empty owner. */
final class RowsOfNobodyAreNotWritten implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                Script.other(target.fresh()
                        .with(Collections.singletonMap("owner_id", null))
                        .insert()),
                Script.other(target.fresh().with(Map.of("owner_id", "")).insert()),
                Script.of(
                        Actor.NOBODY,
                        target.fresh().with(Map.of("owner_id", "")).insert()),
                Script.other("update %s set owner_id = null".formatted(target.name())));
    }
}
