package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;

/** What can stand in WHERE. None of it can fail, so that no order of evaluation matters. */
final class Conditions {

    private final List<Relation> relations;

    Conditions(List<Relation> relations) {
        this.relations = relations;
    }

    /** Nothing, or WHERE with a condition. */
    String where(Pen pen, List<Source> sources) {
        return pen.chance(35) ? "" : " where " + condition(pen, sources, 2);
    }

    String condition(Pen pen, List<Source> sources, int depth) {
        if (depth > 0 && pen.chance(20)) {
            return "(%s %s %s)"
                    .formatted(
                            condition(pen, sources, depth - 1),
                            pen.word("and", "or"),
                            condition(pen, sources, depth - 1));
        }
        if (depth > 0 && pen.chance(8)) {
            return "not (%s)".formatted(condition(pen, sources, depth - 1));
        }
        return depth > 0 && pen.chance(25) ? subquery(pen, sources, depth - 1) : comparison(pen, pen.pick(sources));
    }

    /** With a subquery over another relation, correlated or not. */
    String subquery(Pen pen, List<Source> sources, int depth) {
        Source inner = pen.pick(relations).as(pen.alias());
        Source outer = pen.pick(sources);
        String where = pen.chance(50) ? " where " + condition(pen, List.of(inner), depth) : "";
        String from = " from %s %s".formatted(inner.relation().orElseThrow().name(), inner.alias());
        List<Joins.Pair> pairs = Joins.pairs(outer, inner);
        if (pairs.isEmpty()) {
            return "(select count(*)%s%s) %s %d".formatted(from, where, pen.word("<", ">="), pen.upTo(8));
        }
        Joins.Pair pair = pen.pick(pairs);
        String one = pair.left().sql();
        String selected = "select " + pair.right().sql() + from + where;
        return switch (pen.upTo(6)) {
            case 1 -> "%s in (%s)".formatted(one, selected);
            case 2 -> "%s not in (%s)".formatted(one, selected);
            case 3 -> "%s %s (%s)".formatted(one, pen.word("= any", "< all", "> any", "<> all"), selected);
            case 4 ->
                "(select count(*)%s where %s) %s %d"
                        .formatted(from, common(pen, outer, inner), pen.word("=", "<", ">="), pen.upTo(3));
            default ->
                "%s(select %s%s where %s%s)"
                        .formatted(
                                pen.word("exists ", "not exists "),
                                pen.word("1", "*", ""),
                                from,
                                common(pen, outer, inner),
                                where.replaceFirst("^ where", " and"));
        };
    }

    /** Another relation, and WHERE with what it has in common with the target. */
    String joined(Pen pen, Source target) {
        Source source = pen.pick(relations).as(pen.alias());
        String more = pen.chance(50) ? " and " + condition(pen, List.of(target, source), 1) : "";
        return "%s %s where %s%s"
                .formatted(source.relation().orElseThrow().name(), source.alias(), common(pen, target, source), more);
    }

    private static String common(Pen pen, Source outer, Source inner) {
        return Joins.on(pen, outer, inner).orElse("true");
    }

    private static String comparison(Pen pen, Source source) {
        List<Term> terms = source.terms(Use.ORDER);
        if (terms.isEmpty() || pen.chance(6)) {
            return source.terms().isEmpty()
                    ? "true"
                    : pen.pick(source.terms()).sql() + pen.word(" is null", " is not null");
        }
        Term term = pen.pick(terms);
        Attribute attribute = term.attribute();
        return switch (pen.upTo(8)) {
            case 1, 2, 3 -> "%s = %s".formatted(term.sql(), pen.value(attribute));
            case 4 -> "%s %s %s".formatted(term.sql(), pen.word("<>", "<", "<=", ">", ">="), pen.value(attribute));
            case 5 ->
                "%s is %s %s"
                        .formatted(term.sql(), pen.word("distinct from", "not distinct from"), pen.value(attribute));
            case 6 ->
                "%s %s (%s, %s, %s)"
                        .formatted(
                                term.sql(),
                                pen.word("in", "not in"),
                                pen.value(attribute),
                                pen.value(attribute),
                                pen.value(attribute));
            case 7 ->
                "%s between %s %s and %s"
                        .formatted(term.sql(), pen.word("", "symmetric"), pen.value(attribute), pen.value(attribute));
            default ->
                "starts_with(%s::text, left(%s::text, %d))".formatted(term.sql(), pen.value(attribute), pen.upTo(6));
        };
    }
}
