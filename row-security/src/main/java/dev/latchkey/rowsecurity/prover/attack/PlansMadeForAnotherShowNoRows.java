package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** A generic plan made for the victim, run for another owner and for nobody on the same connection. */
final class PlansMadeForAnotherShowNoRows implements Attack {

    private static final String[] PREPARED = {
        "set local plan_cache_mode = force_generic_plan",
        "prepare prover_plan as select * from {table}",
        "prepare prover_count as select count(*) from {table} where {owner_id} = app.current_owner()",
        "execute prover_plan",
        "execute prover_count"
    };
    private static final String[] RUN = {"execute prover_plan", "execute prover_count"};

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                target.script(Actor.VICTIM, PREPARED).as(Actor.OTHER, RUN),
                target.script(Actor.VICTIM, PREPARED).as(Actor.NOBODY, RUN));
    }
}
