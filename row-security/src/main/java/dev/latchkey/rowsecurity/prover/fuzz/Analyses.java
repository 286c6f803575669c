package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Queries that count and compare: aggregates and windows. */
final class Analyses {

    private final Queries queries;
    private final Conditions conditions;

    Analyses(Queries queries, Conditions conditions) {
        this.queries = queries;
        this.conditions = conditions;
    }

    /** A row for each group, or one. */
    Query aggregate(Pen pen) {
        From from = pen.chance(30) ? queries.joined(pen) : queries.from(pen);
        String where = conditions.where(pen, from.sources());
        List<Term> groups = from.terms(Use.ORDER);
        if (groups.isEmpty() || pen.chance(40)) {
            String sql = "select %s, %s from %s%s".formatted(measure(pen, from), measure(pen, from), from.sql(), where);
            return new Query(sql, List.of(), false);
        }
        String keys = sql(pen.some(groups, 2));
        String grouping = pen.word("%s", "%s", "%s", "rollup (%s)", "cube (%s)").formatted(keys);
        String having = pen.chance(30) ? " having count(*) %s %d".formatted(pen.word("=", ">", "<="), pen.upTo(2)) : "";
        String sql = "select %s, %s from %s%s group by %s%s"
                .formatted(keys, measure(pen, from), from.sql(), where, grouping, having);
        return new Query(sql, List.of(), false);
    }

    /** Over rows in an order that leaves open only the order of rows that are alike. */
    Query window(Pen pen) {
        From from = queries.from(pen);
        if (from.terms(Use.ORDER).isEmpty()) {
            return queries.plain(pen);
        }
        List<Term> terms = pen.some(from.terms(Use.ORDER), 4);
        String first = terms.get(0).sql();
        String function = pen.word("row_number()", "rank()", "count(*)", "ntile(3)", "lag(%s)", "first_value(%s)")
                .formatted(first);
        String partition =
                pen.chance(50) ? "partition by %s ".formatted(pen.pick(terms).sql()) : "";
        String sql = "select %s, %s over (%sorder by %s) from %s%s"
                .formatted(
                        sql(terms), function, partition, sql(terms), from.sql(), conditions.where(pen, from.sources()));
        return new Query(sql, List.of(), false);
    }

    private static String measure(Pen pen, From from) {
        List<String> measures = new ArrayList<>(List.of("count(*)"));
        from.terms(Use.ORDER).forEach(term -> {
            measures.add("count(distinct %s)".formatted(term.sql()));
            measures.add("string_agg(%1$s::text, ',' order by %1$s)".formatted(term.sql()));
        });
        from.terms(Use.MAXIMUM).forEach(term -> measures.add("%s(%s)".formatted(pen.word("min", "max"), term.sql())));
        from.terms(Use.SUM).forEach(term -> measures.add("sum(%s)".formatted(term.sql())));
        return pen.pick(measures);
    }

    private static String sql(List<Term> terms) {
        return String.join(", ", terms.stream().map(Term::sql).toList());
    }
}
