package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Queries of every shape. Where a result could depend on the order of rows, that order is total. */
final class Queries {

    private final List<Relation> relations;
    private final Conditions conditions;

    Queries(List<Relation> relations, Conditions conditions) {
        this.relations = relations;
        this.conditions = conditions;
    }

    /** What stands between FROM and WHERE. */
    private record From(String sql, List<Source> sources) {

        List<Term> terms() {
            return sources.stream().flatMap(source -> source.terms().stream()).toList();
        }

        List<Term> terms(Use use) {
            return sources.stream()
                    .flatMap(source -> source.terms(use).stream())
                    .toList();
        }
    }

    Query plain(Pen pen) {
        From from = one(pen);
        return select(pen, pen.some(from.terms(), 5), from);
    }

    Query join(Pen pen) {
        From from = joined(pen, one(pen));
        if (pen.chance(30)) {
            from = joined(pen, from);
        }
        return select(pen, pen.some(from.terms(), 5), from);
    }

    Query subquery(Pen pen) {
        From from = one(pen);
        String condition = conditions.subquery(pen, from.sources(), 1);
        return shown("select ", pen.some(from.terms(), 4), "", from, " where " + condition);
    }

    Query lateral(Pen pen) {
        From from = one(pen);
        Source inner = relation(pen);
        List<Term> shown = pen.some(orAny(inner.terms(Use.ORDER), inner), 2);
        String alias = pen.alias();
        String on = Joins.on(pen, from.sources().get(0), inner).orElse("true");
        Query nested = shown("select ", shown, "", from(inner), " where " + on);
        boolean limited = shown.stream().allMatch(term -> term.attribute().is(Use.ORDER)) && pen.chance(60);
        Source lateral = nested.as(alias);
        return select(
                pen,
                pen.some(union(from.terms(), lateral.terms()), 5),
                new From(
                        "%s %s lateral (%s%s) %s on true"
                                .formatted(
                                        from.sql(),
                                        pen.word("join", "left join"),
                                        nested.sql(),
                                        limited ? orderBy(nested) + " limit " + pen.upTo(2) : "",
                                        alias),
                        union(from.sources(), List.of(lateral))));
    }

    Query aggregate(Pen pen) {
        From from = pen.chance(30) ? joined(pen, one(pen)) : one(pen);
        List<Term> groups = from.terms(Use.ORDER);
        String where = conditions.where(pen, from.sources());
        if (groups.isEmpty() || pen.chance(40)) {
            String sql = "select %s, %s from %s%s".formatted(measure(pen, from), measure(pen, from), from.sql(), where);
            return new Query(sql, List.of(), false);
        }
        List<Term> by = pen.some(groups, 2);
        String keys = by.stream().map(Term::sql).collect(Collectors.joining(", "));
        String having = pen.chance(30) ? " having count(*) %s %d".formatted(pen.word("=", ">", "<="), pen.upTo(2)) : "";
        String grouping = pen.chance(15) ? pen.word("rollup (%s)", "cube (%s)").formatted(keys) : keys;
        String sql = "select %s, %s from %s%s group by %s%s"
                .formatted(keys, measure(pen, from), from.sql(), where, grouping, having);
        return new Query(sql, List.of(), false);
    }

    Query window(Pen pen) {
        From from = one(pen);
        List<Term> ordered = from.terms(Use.ORDER);
        if (ordered.isEmpty()) {
            return plain(pen);
        }
        List<Term> terms = pen.some(ordered, 4);
        String by = terms.stream().map(Term::sql).collect(Collectors.joining(", "));
        String first = terms.get(0).sql();
        String function = pen.word(
                "row_number()",
                "rank()",
                "count(*)",
                "lag(%s)".formatted(first),
                "first_value(%s)".formatted(first),
                "ntile(3)");
        String partition =
                pen.chance(50) ? "partition by %s ".formatted(pen.pick(terms).sql()) : "";
        return shown(
                "select ",
                terms,
                ", %s over (%sorder by %s)".formatted(function, partition, by),
                from,
                conditions.where(pen, from.sources()));
    }

    Query setOperation(Pen pen) {
        Source left = relation(pen);
        Source right = relation(pen);
        List<Joins.Pair> pairs = Joins.pairs(left, right);
        if (pairs.isEmpty()) {
            return plain(pen);
        }
        List<Joins.Pair> columns = pen.some(pairs, 3);
        Query one = select(pen, columns.stream().map(Joins.Pair::left).toList(), from(left));
        Query other = select(pen, columns.stream().map(Joins.Pair::right).toList(), from(right));
        String operation = pen.word("union", "union all", "intersect", "intersect all", "except", "except all");
        return new Query("(%s) %s (%s)".formatted(one.sql(), operation, other.sql()), one.outputs(), false);
    }

    Query cte(Pen pen) {
        String name = pen.alias();
        Query inner = pen.chance(50) ? plain(pen) : join(pen);
        String with =
                "with %s as %s(%s) ".formatted(name, pen.word("", "materialized ", "not materialized "), inner.sql());
        Query outer = over(pen, name, inner.outputs());
        return new Query(with + outer.sql(), outer.outputs(), false);
    }

    /** A query of what a CTE gives, alone or beside a relation. */
    Query over(Pen pen, String name, List<Attribute> outputs) {
        Source source = Source.of(name, outputs);
        From from = new From(name, List.of(source));
        if (pen.chance(50)) {
            from = joined(pen, from);
        }
        return select(pen, pen.some(from.terms(), 4), from);
    }

    Query limit(Pen pen) {
        From from = pen.chance(40) ? joined(pen, one(pen)) : one(pen);
        List<Term> terms = from.terms(Use.ORDER);
        if (terms.isEmpty()) {
            return plain(pen);
        }
        Query query = shown(
                pen.word("select ", "select ", "select distinct "),
                pen.some(terms, 4),
                "",
                from,
                conditions.where(pen, from.sources()));
        String sql = "%s%s%s%s"
                .formatted(
                        query.sql(),
                        orderBy(query) + pen.word("", " desc"),
                        pen.chance(80) ? " limit " + pen.upTo(6) : "",
                        pen.chance(30) ? " offset " + pen.upTo(3) : "");
        return new Query(sql, query.outputs(), true);
    }

    Query lock(Pen pen) {
        Source source = pen.pick(relations.stream()
                        .filter(relation -> relation.table().isPresent())
                        .toList())
                .as(pen.alias());
        Query query = select(pen, pen.some(source.terms(), 3), from(source));
        String strength = pen.word("update", "no key update", "share", "key share");
        return new Query(
                "%s for %s%s".formatted(query.sql(), strength, pen.word("", " skip locked", " nowait")),
                query.outputs(),
                false);
    }

    private Source relation(Pen pen) {
        return pen.pick(relations).as(pen.alias());
    }

    private From one(Pen pen) {
        if (pen.chance(15)) {
            Query nested = plain(pen);
            String alias = pen.alias();
            return new From("(%s) %s".formatted(nested.sql(), alias), List.of(nested.as(alias)));
        }
        return from(relation(pen));
    }

    private static From from(Source source) {
        return new From(source.relation().orElseThrow().name() + ' ' + source.alias(), List.of(source));
    }

    private From joined(Pen pen, From left) {
        Source right = relation(pen);
        String on = Joins.on(pen, pen.pick(left.sources()), right).orElse("");
        String join = on.isEmpty() ? "cross join" : pen.word("join", "left join", "right join", "full join");
        return new From(
                "%s %s %s%s".formatted(left.sql(), join, from(right).sql(), on.isEmpty() ? "" : " on " + on),
                union(left.sources(), List.of(right)));
    }

    private Query select(Pen pen, List<Term> terms, From from) {
        return shown("select ", terms, "", from, conditions.where(pen, from.sources()));
    }

    private static Query shown(String select, List<Term> terms, String more, From from, String where) {
        List<Attribute> outputs = new ArrayList<>();
        String list = IntStream.range(0, terms.size())
                .mapToObj(i -> {
                    outputs.add(terms.get(i).attribute().as("c" + i));
                    return terms.get(i).sql() + " as c" + i;
                })
                .collect(Collectors.joining(", "));
        return new Query(select + list + more + " from " + from.sql() + where, outputs, false);
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

    private static String orderBy(Query query) {
        return " order by " + query.outputs().stream().map(Attribute::name).collect(Collectors.joining(", "));
    }

    private static List<Term> orAny(List<Term> terms, Source source) {
        return terms.isEmpty() ? source.terms() : terms;
    }

    private static <T> List<T> union(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
