package dev.latchkey.rowsecurity.binding;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** Rows of a batch behind a binding, in one flush: pgjdbc 42.7 sends a batch of one statement only, so that each row has its own. */
record BoundBatch(Binding binding, String sql, List<Parameters> rows) {

    /** What each row did. */
    long[] send(Preparer preparer, BoundTransaction transaction) throws SQLException {
        try (PreparedStatement all =
                preparer.prepare(binding.around(String.join("\n;\n", Collections.nCopies(rows.size(), sql))))) {
            binding.applyTo(all);
            int width = rows.stream().mapToInt(Parameters::count).max().orElse(0);
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).applyTo(all, Binding.PARAMETERS + i * width);
            }
            all.execute();
            long[] counts = new long[rows.size()];
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
