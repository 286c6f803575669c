package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** A cheap function that tells whatever it is given, or fails on it: before the policy it would be given everything. */
final class LeakyFunctionsSeeNoRows implements Attack {

    private static final String TELL = """
            create function prover.tell(text) returns boolean language plpgsql cost 0.0000001
            as $f$ begin raise notice $n$%$n$, $1; return true; end $f$""";

    private static final String FAIL = """
            create function prover.fail(text, text) returns boolean language plpgsql cost 0.0000001
            as $f$ begin if $1 = $2 then raise exception $n$seen$n$; end if; return true; end $f$""";

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                told(target, "select count(*) from {table} x where prover.tell(x.{owner_id})"),
                told(target, "update {table} x set {column} = x.{column} where prover.tell(x::text)"),
                told(target, "delete from {table} x where prover.tell(x.{owner_id})"),
                Script.of(Actor.ADMIN, FAIL)
                        .as(
                                Actor.OTHER,
                                target.sql(
                                        "select count(*) from {table} x where prover.fail(x.{owner_id}, {victim})")));
    }

    private static Script told(Target target, String template) {
        return Script.of(Actor.ADMIN, TELL).as(Actor.OTHER, target.sql(template));
    }
}
