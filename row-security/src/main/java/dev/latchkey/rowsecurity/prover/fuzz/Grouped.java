package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.List;

/**
 * One row per key of a source, so that a row of the target meets at most one.
 *
 * @param on that joins it with the target
 * @param value of the type asked for
 */
record Grouped(String from, String on, String value) {

    /**
     * The target has to have a column that can be compared. Without one named, MERGE runs past the policy into everybody's rows: it reads none, so Postgres asks for no right to
     * select, and fails with 42501 if there are any.
     */
    static Grouped of(Pen pen, List<Relation> sources, Conditions conditions, Source target, Attribute wanted) {
        String alias = pen.alias();
        Source source = pen.pick(sources.stream()
                .map(relation -> relation.as(pen.alias()))
                .filter(one -> !Joins.pairs(target, one).isEmpty())
                .toList());
        List<Joins.Pair> pairs = Joins.pairs(target, source);
        Joins.Pair pair = pen.pick(pairs);
        String from = "(select %s as k, %s as v from %s %s%s group by 1) as %s"
                .formatted(
                        pair.right().sql(),
                        value(pen, source, wanted),
                        source.relation().orElseThrow().name(),
                        source.alias(),
                        conditions.where(pen, List.of(source)),
                        alias);
        return new Grouped(from, "%s = %s.k".formatted(pair.left().sql(), alias), alias + ".v");
    }

    private static String value(Pen pen, Source source, Attribute wanted) {
        List<Term> alike = source.terms(Use.MAXIMUM).stream()
                .filter(term -> term.attribute().type().equals(wanted.type()))
                .toList();
        return alike.isEmpty()
                ? pen.value(wanted)
                : "%s(%s)".formatted(pen.word("min", "max"), pen.pick(alike).sql());
    }
}
