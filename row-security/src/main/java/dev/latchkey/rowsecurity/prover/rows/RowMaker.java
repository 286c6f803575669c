package dev.latchkey.rowsecurity.prover.rows;

import dev.latchkey.rowsecurity.prover.world.ForeignKey;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import dev.latchkey.rowsecurity.prover.world.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** Makes rows of owners, and what they refer to, as admin. Row number n of a table refers to rows number n of others. */
public final class RowMaker {

    private static final int ATTEMPTS = 6;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String EXCLUSION_VIOLATION = "23P01";

    private final Session session;
    private final Schema schema;
    private final Map<String, String> samples;
    private final Random random;
    private final Map<String, Row> rows = new HashMap<>();
    private final Map<String, Map<String, @Nullable String>> unfinished = new HashMap<>();

    /**
     * @param samples by table, a query that gives values for some of its columns; {@code {n}} in it stands for the row's number
     */
    public RowMaker(Session session, Schema schema, Map<String, String> samples, long seed) {
        this.session = session;
        this.schema = schema;
        this.samples = samples;
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
                    throw new RowNotInventedException(table, reason(e), e);
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
        sample(table, variation).forEach(values::putIfAbsent);
        unfinished.put(table.name(), values);
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
            for (ForeignKey key : table.foreignKeys()) {
                refer(table, key, owner, number, values);
            }
            for (Set<String> component : later) {
                solver.solve(component, values, variation, random);
            }
        } finally {
            unfinished.remove(table.name());
        }
        Row row = new Row(table, inOrder(table, values));
        session.bind(owner);
        session.execute(table.isOwned() ? row.insert() : row.insert() + " on conflict do nothing");
        return row;
    }

    /** Of a shared table a row is wanted that others can refer to: what it need not say (a deletion's time, say) it does not. */
    private static boolean isFilled(Table table, Set<String> columns) {
        return columns.stream().allMatch(column -> table.column(column).filled());
    }

    private void refer(Table table, ForeignKey key, String owner, int number, Map<String, @Nullable String> values)
            throws SQLException {
        Table parent = schema.table(key.parent());
        Map<String, @Nullable String> target = target(table, key, parent, owner, number, values);
        for (int i = 0; i < key.columns().size(); i++) {
            values.putIfAbsent(
                    key.columns().get(i), target.get(key.parentColumns().get(i)));
        }
    }

    private Map<String, @Nullable String> target(
            Table table, ForeignKey key, Table parent, String owner, int number, Map<String, @Nullable String> values)
            throws SQLException {
        Map<String, @Nullable String> making = unfinished.get(parent.name());
        if (making == null) {
            Map<String, @Nullable String> fixed = new LinkedHashMap<>();
            if (!parent.isOwned()) {
                for (int i = 0; i < key.columns().size(); i++) {
                    if (values.containsKey(key.columns().get(i))) {
                        fixed.put(
                                key.parentColumns().get(i),
                                values.get(key.columns().get(i)));
                    }
                }
            }
            return row(parent, owner, number, fixed).values();
        }
        boolean optional = key.columns().stream()
                .anyMatch(column ->
                        !values.containsKey(column) && !table.column(column).notNull());
        if (optional) {
            return Map.of();
        }
        // A row can refer to itself, and in a cycle to one that comes before the transaction's end.
        return making;
    }

    private Map<String, @Nullable String> sample(Table table, int number) throws SQLException {
        String sql = samples.get(table.name());
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        if (sql != null) {
            try (Statement statement = session.connection().createStatement();
                    ResultSet row = statement.executeQuery(sql.replace("{n}", String.valueOf(number)))) {
                row.next();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.put(row.getMetaData().getColumnLabel(i), row.getString(i));
                }
            }
        }
        return values;
    }

    private static Map<String, @Nullable String> inOrder(Table table, Map<String, @Nullable String> values) {
        Map<String, @Nullable String> ordered = new LinkedHashMap<>();
        table.columns().forEach(column -> {
            if (values.containsKey(column.name())) {
                ordered.put(column.name(), values.get(column.name()));
            }
        });
        return ordered;
    }

    private static String reason(SQLException e) {
        if (e instanceof PSQLException refused && refused.getServerErrorMessage() != null) {
            String constraint = refused.getServerErrorMessage().getConstraint();
            if (constraint != null) {
                return "%s (constraint %s)"
                        .formatted(refused.getServerErrorMessage().getMessage(), constraint);
            }
        }
        return String.valueOf(e.getMessage());
    }
}
