package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.ArrayList;
import java.util.List;

/** What stands between FROM and WHERE. */
record From(String sql, List<Source> sources) {

    static From of(Source source) {
        String sql = source.relation().map(relation -> relation.name() + ' ').orElse("") + source.alias();
        return new From(sql, List.of(source));
    }

    static From of(Query query, String alias) {
        return new From("(%s) %s".formatted(query.sql(), alias), List.of(query.as(alias)));
    }

    From join(Pen pen, Source right) {
        String on = Joins.on(pen, pen.pick(sources), right).orElse("");
        String join = on.isEmpty() ? "cross join" : pen.word("join", "left join", "right join", "full join");
        return and("%s %s%s".formatted(join, of(right).sql(), on.isEmpty() ? "" : " on " + on), right);
    }

    From and(String join, Source right) {
        List<Source> all = new ArrayList<>(sources);
        all.add(right);
        return new From(sql + ' ' + join, all);
    }

    List<Term> terms() {
        return sources.stream().flatMap(source -> source.terms().stream()).toList();
    }

    List<Term> terms(Use use) {
        return sources.stream().flatMap(source -> source.terms(use).stream()).toList();
    }
}
