package dev.latchkey.rowsecurity.prover.attack;

import java.util.List;

/** What EXPLAIN ANALYZE says of the rows that come out. How many the policy took away it does tell (Rows Removed by Filter): see the reference. */
final class ExplainCountsNoRows implements Attack {

    @Override
    public List<Script> scripts(Target target) {
        return List.of(
                explained(target.sql("select * from {table}")),
                explained(target.sql("delete from {table} returning 1")));
    }

    private static Script explained(String sql) {
        return Script.of(Actor.ADMIN, """
                        create function prover.explained(q text) returns text language plpgsql as $f$
                        declare p json;
                        begin
                          execute $x$explain (analyze, costs off, timing off, summary off, buffers off, format json) $x$ || q into p;
                          return p->0->$x$Plan$x$->>$x$Actual Rows$x$;
                        end $f$""").as(Actor.OTHER, "select prover.explained($q$%s$q$)".formatted(sql));
    }
}
