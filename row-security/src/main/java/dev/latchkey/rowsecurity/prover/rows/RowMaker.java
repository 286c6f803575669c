package dev.latchkey.rowsecurity.prover.rows;

import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes rows of owners, and what they refer to, as admin. Row number n of a table refers to rows number n of others. */
public final class RowMaker {

    private static final int ATTEMPTS = 6;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String EXCLUSION_VIOLATION = "23P01";

    private final Session session;
    private final References references;
    private final Samples samples;
    private final Random random;
    private final Map<String, Row> rows = new HashMap<>();

    /**
     * @param samples by table, a query that gives values for some of its columns; {@code {n}} in it stands for the row's number
     */
    public RowMaker(Session session, Schema schema, Map<String, String> samples, long seed) {
        this.session = session;
        this.references = new References(schema, this::row);
        this.samples = new Samples(session, samples);
        this.random = new Random(seed);
    }

    /**
     * The owner's row with this number, inserted when it is asked for the first time.
     *
     * @throws RowNotInventedException if that cannot be done
     */
    public Row row(Table table, String owner, int number) throws SQLException {
        return row(table, owner, number, Map.of());
    }

    /** Like {@link #row}, but not remembered: for a caller that undoes the insert. What it refers to has to be there. */
    public Row unkept(Table table, String owner, int number) throws SQLException {
        Map<String, Row> before = Map.copyOf(rows);
        Row row = row(table, owner, number);
        rows.clear();
        rows.putAll(before);
        return row;
    }

    private Row row(Table table, String owner, int number, Map<String, @Nullable String> fixed) throws SQLException {
        String id = table.name() + '\n' + (table.isOwned() ? owner : "") + '\n' + number + '\n' + fixed;
        Row known = rows.get(id);
        if (known == null) {
            known = make(table, owner, number, fixed);
            rows.put(id, known);
        }
        return known;
    }

    private Row make(Table table, String owner, int number, Map<String, @Nullable String> fixed) throws SQLException {
        for (int attempt = 0; ; attempt++) {
            int n = number + 100 * attempt;
            try {
                return session.keeping(() -> insert(table, owner, number, n, fixed));
            } catch (SQLException e) {
                boolean taken = UNIQUE_VIOLATION.equals(e.getSQLState()) || EXCLUSION_VIOLATION.equals(e.getSQLState());
                if (!taken || attempt == ATTEMPTS) {
                    throw new RowNotInventedException(table, e);
                }
            }
        }
    }

    private Row insert(Table table, String owner, int number, int variation, Map<String, @Nullable String> fixed)
            throws SQLException {
        Map<String, @Nullable String> values = new LinkedHashMap<>(fixed);
        if (table.isOwned()) {
            values.put(table.ownerColumn(), owner);
        }
        samples.of(table, variation).forEach(values::putIfAbsent);
        references.begin(table, values);
        try {
            var solver = new Solver(session, table);
            Set<String> referring = new HashSet<>();
            table.foreignKeys().forEach(key -> referring.addAll(key.columns()));
            List<Set<String>> later = new ArrayList<>();
            for (Set<String> component : solver.components()) {
                if (component.stream().anyMatch(referring::contains)) {
                    later.add(component);
                } else if (table.isOwned() || !isFilled(table, component)) {
                    solver.solve(component, values, variation, random);
                }
            }
            references.fill(table, owner, number, values);
            for (Set<String> component : later) {
                solver.solve(component, values, variation, random);
            }
        } finally {
            references.end(table);
        }
        Row row = Row.of(table, values);
        session.bind(owner);
        session.execute(table.isOwned() ? row.insert() : row.insert() + " on conflict do nothing");
        return row;
    }

    /** Of a shared table a row is wanted that others can refer to: what it need not say (a deletion's time, say) it does not. */
    private static boolean isFilled(Table table, Set<String> columns) {
        return columns.stream().allMatch(column -> table.column(column).filled());
    }
}
