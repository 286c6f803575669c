package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;

/** Queries that show columns. */
final class Queries {

    private final List<Relation> relations;
    private final Conditions conditions;

    Queries(List<Relation> relations, Conditions conditions) {
        this.relations = relations;
        this.conditions = conditions;
    }

    Query plain(Pen pen) {
        From from = from(pen);
        return select(pen, pen.some(from.terms(), 5), from);
    }

    Query join(Pen pen) {
        From from = joined(pen);
        if (pen.chance(30)) {
            from = from.join(pen, relation(pen));
        }
        return select(pen, pen.some(from.terms(), 5), from);
    }

    Query subquery(Pen pen) {
        From from = from(pen);
        String condition = conditions.subquery(pen, from.sources(), 1);
        return Query.of("select", pen.some(from.terms(), 4), from, " where " + condition);
    }

    Query lateral(Pen pen) {
        From from = from(pen);
        Source inner = relation(pen);
        boolean sortable = !inner.terms(Use.ORDER).isEmpty();
        List<Term> shown = pen.some(sortable ? inner.terms(Use.ORDER) : inner.terms(), 2);
        String on = Joins.on(pen, from.sources().get(0), inner).orElse("true");
        Query nested = Query.of("select", shown, From.of(inner), " where " + on);
        if (sortable && pen.chance(60)) {
            nested = nested.inOrder().and(" limit " + pen.upTo(2));
        }
        Source right = nested.as(pen.alias());
        String join =
                "%s lateral (%s) %s on true".formatted(pen.word("join", "left join"), nested.sql(), right.alias());
        From both = from.and(join, right);
        return select(pen, pen.some(both.terms(), 5), both);
    }

    Query setOperation(Pen pen) {
        Source left = relation(pen);
        Source right = relation(pen);
        List<Joins.Pair> pairs = Joins.pairs(left, right);
        if (pairs.isEmpty()) {
            return plain(pen);
        }
        List<Joins.Pair> columns = pen.some(pairs, 3);
        Query one = select(pen, columns.stream().map(Joins.Pair::left).toList(), From.of(left));
        Query other = select(pen, columns.stream().map(Joins.Pair::right).toList(), From.of(right));
        String operation = pen.word("union", "union all", "intersect", "intersect all", "except", "except all");
        return new Query("(%s) %s (%s)".formatted(one.sql(), operation, other.sql()), one.outputs(), false);
    }

    Query cte(Pen pen) {
        String name = pen.alias();
        Query inner = pen.chance(50) ? plain(pen) : join(pen);
        Query outer = over(pen, name, inner.outputs());
        String with =
                "with %s as %s(%s) ".formatted(name, pen.word("", "materialized ", "not materialized "), inner.sql());
        return new Query(with + outer.sql(), outer.outputs(), false);
    }

    /** What a CTE gives, alone or beside a relation. */
    Query over(Pen pen, String name, List<Attribute> outputs) {
        From from = From.of(Source.of(name, outputs));
        if (pen.chance(50)) {
            from = from.join(pen, relation(pen));
        }
        return select(pen, pen.some(from.terms(), 4), from);
    }

    Query limit(Pen pen) {
        From from = pen.chance(40) ? joined(pen) : from(pen);
        List<Term> terms = from.terms(Use.ORDER);
        if (terms.isEmpty()) {
            return plain(pen);
        }
        return Query.of(
                        pen.word("select", "select", "select distinct"),
                        pen.some(terms, 4),
                        from,
                        conditions.where(pen, from.sources()))
                .inOrder()
                .and(pen.word("", " desc"))
                .and(pen.chance(80) ? " limit " + pen.upTo(6) : "")
                .and(pen.chance(30) ? " offset " + pen.upTo(3) : "");
    }

    Query lock(Pen pen) {
        List<Relation> tables = relations.stream()
                .filter(relation -> relation.table().isPresent())
                .toList();
        Source source = pen.pick(tables).as(pen.alias());
        return select(pen, pen.some(source.terms(), 3), From.of(source))
                .and(" for " + pen.word("update", "no key update", "share", "key share"))
                .and(pen.word("", " skip locked", " nowait"));
    }

    private Query select(Pen pen, List<Term> terms, From from) {
        return Query.of("select", terms, from, conditions.where(pen, from.sources()));
    }

    /** A relation, or a query in its place. */
    From from(Pen pen) {
        return pen.chance(15) ? From.of(plain(pen), pen.alias()) : From.of(relation(pen));
    }

    From joined(Pen pen) {
        return from(pen).join(pen, relation(pen));
    }

    private Source relation(Pen pen) {
        return pen.pick(relations).as(pen.alias());
    }
}
