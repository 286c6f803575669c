package dev.latchkey.rowsecurity.binding;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of parameters for one statement. pgjdbc 42.7 sends a batch of one statement only, so what goes behind a binding in the same
 * flush is a statement for each row.
 */
final class Batch {

    /** More rows would leave the server more plans than they are worth: a batch of each length keeps one for each row. */
    private static final int ROWS_BEHIND_BINDING = 16;

    private final String sql;
    private final BoundTransaction transaction;
    private final List<Parameters> rows = new ArrayList<>(0);

    Batch(String sql, BoundTransaction transaction) {
        this.sql = sql;
        this.transaction = transaction;
    }

    void add(Parameters row) {
        rows.add(row);
    }

    void clear() {
        rows.clear();
    }

    /**
     * Sends the rows and forgets them.
     *
     * @param behind prepares rows and the binding before them; null if they cannot go behind one
     * @param alone prepares the statement by itself
     * @return what each row did
     */
    long[] send(@Nullable Preparer behind, JdbcCall<PreparedStatement> alone) throws SQLException {
        List<Parameters> waiting = List.copyOf(rows);
        rows.clear();
        long[] counts = new long[waiting.size()];
        int done = 0;
        try {
            while (done < counts.length) {
                long[] next = sendSome(waiting.subList(done, counts.length), behind, alone);
                System.arraycopy(next, 0, counts, done, next.length);
                done += next.length;
            }
            return counts;
        } catch (SQLException e) {
            Arrays.fill(counts, transaction.isAutoCommit() ? done : 0, counts.length, Statement.EXECUTE_FAILED);
            throw ServerMessage.ofBatch(e, counts);
        }
    }

    /** What the first of the rows did, as many as went out. */
    private long[] sendSome(List<Parameters> waiting, @Nullable Preparer behind, JdbcCall<PreparedStatement> alone)
            throws SQLException {
        List<Parameters> first = waiting.subList(0, Math.min(ROWS_BEHIND_BINDING, waiting.size()));
        return transaction.send(sql, false, behind == null ? null : before -> sendBehind(before, first, behind), () -> {
            PreparedStatement statement = alone.run();
            for (Parameters row : waiting) {
                row.applyTo(statement, 0);
                statement.addBatch();
            }
            return statement.executeLargeBatch();
        });
    }

    private long[] sendBehind(Binding binding, List<Parameters> some, Preparer behind) throws SQLException {
        String statements = String.join("\n;\n", Collections.nCopies(some.size(), sql));
        try (PreparedStatement all = behind.prepare(binding.around(statements))) {
            binding.applyTo(all);
            int width = some.stream().mapToInt(Parameters::count).max().orElse(0);
            for (int i = 0; i < some.size(); i++) {
                some.get(i).applyTo(all, Binding.PARAMETERS + i * width);
            }
            all.execute();
            long[] counts = new long[some.size()];
            boolean answersRows = transaction.skipAnswer(binding, all);
            for (int i = 0; i < counts.length; i++) {
                // pgjdbc counts none where rows come back that a batch does not hand out.
                counts[i] = answersRows ? 0 : all.getLargeUpdateCount();
                answersRows = all.getMoreResults();
            }
            if (answersRows || all.getLargeUpdateCount() != -1) {
                throw new SQLException("A batch takes one statement, and no several separated by ;", "0100E");
            }
            return counts;
        }
    }
}
