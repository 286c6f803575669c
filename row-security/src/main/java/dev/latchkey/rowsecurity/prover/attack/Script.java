package dev.latchkey.rowsecurity.prover.attack;

import java.util.ArrayList;
import java.util.List;

/** Statements in one transaction, by one or several actors. */
final class Script {

    private final List<Step> steps = new ArrayList<>();

    private Script() {}

    static Script other(String... sql) {
        return new Script().as(Actor.OTHER, sql);
    }

    static Script of(Actor actor, String... sql) {
        return new Script().as(actor, sql);
    }

    Script as(Actor actor, String... sql) {
        for (String one : sql) {
            steps.add(new Step(actor, one, ""));
        }
        return this;
    }

    static Script copy(String sql, String input) {
        var script = new Script();
        script.steps.add(new Step(Actor.OTHER, sql, input));
        return script;
    }

    List<Step> steps() {
        return steps;
    }

    boolean isOf(Actor actor) {
        return steps.stream().anyMatch(step -> step.actor() == actor);
    }

    /** As it runs where there is no victim. */
    Script withoutVictimsWork() {
        var script = new Script();
        steps.stream().filter(step -> step.actor() != Actor.VICTIM_AT_WORK).forEach(script.steps::add);
        return script;
    }

    /** Whether an owner acts: what is his own is no secret to him. */
    boolean isOfAnOwner() {
        return isOf(Actor.OTHER) || isOf(Actor.TABLE_OWNER);
    }
}
