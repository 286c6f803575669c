package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** SQL and plpgsql, made by the admin and run by the application. */
final class FunctionsOfTheInvokerReachNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                script(target, "language sql stable as $f$ select count(*) from {table} where {owner_id} = $1 $f$"),
                script(
                        target,
                        "language plpgsql as $f$ declare n bigint; begin select count(*) into n from {table} where {owner_id} = $1; return n; end $f$"));
    }

    private static Script script(Target target, String body) {
        String call = target.sql("select prover.rows_of({victim})");
        return target.script(Actor.ADMIN, "create function prover.rows_of(text) returns bigint " + body)
                .as(Actor.VICTIM, call)
                .as(Actor.OTHER, call);
    }
}
