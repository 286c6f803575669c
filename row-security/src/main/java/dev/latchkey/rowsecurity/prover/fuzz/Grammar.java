package dev.latchkey.rowsecurity.prover.fuzz;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Statements of every kind that the schema has room for. */
final class Grammar {

    private static final int LONGEST_SEQUENCE = 4;
    private static final int SAMPLES = 3;

    private final Pool pool;
    private final Queries queries;
    private final Map<Kind, Function<Pen, Statement>> forms = new EnumMap<>(Kind.class);
    private final Map<Kind, Function<Pen, Write>> writes = new EnumMap<>(Kind.class);

    Grammar(List<Relation> relations, Map<String, Held> rows, Pool pool) {
        this.pool = pool;
        var conditions = new Conditions(relations);
        this.queries = new Queries(relations, conditions);
        addQueries(relations, new Analyses(queries, conditions));
        addWrites(relations, rows, conditions);
        List<Kind> simple = List.copyOf(forms.keySet());
        forms.put(Kind.PREPARED, pen -> prepared(pen, simple));
    }

    Set<Kind> kinds() {
        return forms.keySet();
    }

    /** The next sequence: the same for a generator in the same state. */
    Sequence sequence(Random random) {
        List<Kind> kinds = List.copyOf(forms.keySet());
        List<Statement> statements = new ArrayList<>();
        for (int left = 1 + random.nextInt(LONGEST_SEQUENCE); left > 0; left--) {
            Pen pen = Pen.of(random, pool);
            statements.add(write(pen, pen.pick(kinds)));
        }
        return new Sequence(List.copyOf(statements));
    }

    /** Some of each of these kinds that there are. */
    Sequence sample(Random random, Set<Kind> kinds) {
        List<Statement> statements = new ArrayList<>();
        for (Kind kind : kinds) {
            for (int i = 0; i < SAMPLES && forms.containsKey(kind); i++) {
                statements.add(write(Pen.of(random, pool), kind));
            }
        }
        return new Sequence(List.copyOf(statements));
    }

    private Statement write(Pen pen, Kind kind) {
        return forms.getOrDefault(kind, this::select).apply(pen);
    }

    private Statement select(Pen pen) {
        return Statement.of(Kind.SELECT, queries.plain(pen));
    }

    private void addQueries(List<Relation> relations, Analyses analyses) {
        forms.put(Kind.SELECT, this::select);
        forms.put(Kind.JOIN, pen -> Statement.of(Kind.JOIN, queries.join(pen)));
        forms.put(Kind.SUBQUERY, pen -> Statement.of(Kind.SUBQUERY, queries.subquery(pen)));
        forms.put(Kind.LATERAL, pen -> Statement.of(Kind.LATERAL, queries.lateral(pen)));
        forms.put(Kind.AGGREGATE, pen -> Statement.of(Kind.AGGREGATE, analyses.aggregate(pen)));
        forms.put(Kind.WINDOW, pen -> Statement.of(Kind.WINDOW, analyses.window(pen)));
        forms.put(Kind.SET_OPERATION, pen -> Statement.of(Kind.SET_OPERATION, queries.setOperation(pen)));
        forms.put(Kind.CTE, pen -> Statement.of(Kind.CTE, queries.cte(pen)));
        forms.put(Kind.LIMIT, pen -> Statement.of(Kind.LIMIT, queries.limit(pen)));
        if (relations.stream().anyMatch(relation -> relation.table().isPresent())) {
            forms.put(Kind.LOCK, pen -> Statement.of(Kind.LOCK, queries.lock(pen)));
        }
    }

    private void addWrites(List<Relation> relations, Map<String, Held> rows, Conditions conditions) {
        var inserts = new Inserts(relations, rows, conditions);
        if (inserts.arePossible()) {
            writes.put(Kind.INSERT, inserts::values);
            writes.put(Kind.INSERT_SELECT, inserts::select);
            writes.put(Kind.ON_CONFLICT_DO_NOTHING, inserts::orNothing);
            writes.put(Kind.ON_CONFLICT_DO_UPDATE, inserts::orUpdate);
        }
        var oneRow = new OneRow(rows);
        var updates = new Updates(relations, oneRow, conditions);
        if (updates.arePossible()) {
            writes.put(Kind.UPDATE, updates::update);
            writes.put(Kind.UPDATE_FROM, updates::from);
        }
        var deletes = new Deletes(relations, oneRow, conditions);
        if (deletes.arePossible()) {
            writes.put(Kind.DELETE, deletes::delete);
            writes.put(Kind.DELETE_USING, deletes::using);
        }
        writes.forEach((kind, form) -> forms.put(kind, pen -> maybeReturning(pen, kind, form.apply(pen))));
        if (!writes.isEmpty()) {
            forms.put(Kind.WRITING_CTE, this::writingCte);
        }
        // Not among those that return: before Postgres 17 MERGE has no RETURNING.
        var merges = new Merges(relations, rows, conditions);
        if (merges.arePossible()) {
            forms.put(Kind.MERGE, pen -> merges.merge(pen).as(Kind.MERGE));
        }
    }

    private static Statement maybeReturning(Pen pen, Kind kind, Write write) {
        Statement statement = write.as(kind);
        return pen.chance(40) ? statement.with(write.returning(pen).sql()) : statement;
    }

    private Statement writingCte(Pen pen) {
        Write write = pen.pick(List.copyOf(writes.values())).apply(pen);
        String name = pen.alias();
        Query returned = write.returning(pen);
        String sql = "with %s as (%s) %s"
                .formatted(
                        name,
                        returned.sql(),
                        queries.over(pen, name, returned.outputs()).sql());
        return write.as(Kind.WRITING_CTE).with(sql);
    }

    /** Run twice, with other values the second time, and now and then by a plan made for any values. */
    private Statement prepared(Pen pen, List<Kind> kinds) {
        Pen binding = pen.binding();
        Statement statement = write(binding, pen.pick(kinds));
        List<String> steps = new ArrayList<>();
        steps.add("set local plan_cache_mode = " + pen.word("auto", "force_generic_plan"));
        steps.add("prepare fuzz as " + statement.sql().get(0));
        steps.add("execute fuzz" + list(binding.values()));
        steps.add("execute fuzz" + list(binding.otherValues()));
        steps.add("deallocate fuzz");
        return new Statement(Kind.PREPARED, steps, statement.ordered(), statement.exact(), statement.writes());
    }

    private static String list(List<String> values) {
        return values.isEmpty() ? "" : " (%s)".formatted(String.join(", ", values));
    }
}
