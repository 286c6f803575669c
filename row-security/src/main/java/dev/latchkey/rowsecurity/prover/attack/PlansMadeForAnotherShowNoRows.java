package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** A generic plan made for the victim, run for another owner and for nobody on the same connection. */
final class PlansMadeForAnotherShowNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        String t = target.name();
        String[] prepared = {
            "set local plan_cache_mode = force_generic_plan",
            "prepare prover_plan as select * from " + t,
            "prepare prover_count as select count(*) from %s where owner_id = app.current_owner()".formatted(t),
            "execute prover_plan",
            "execute prover_count"
        };
        return List.of(
                Script.of(Actor.VICTIM, prepared).as(Actor.OTHER, "execute prover_plan", "execute prover_count"),
                Script.of(Actor.VICTIM, prepared).as(Actor.NOBODY, "execute prover_plan", "execute prover_count"));
    }
}
