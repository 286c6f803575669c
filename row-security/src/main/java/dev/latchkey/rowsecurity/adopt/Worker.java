package dev.latchkey.rowsecurity.adopt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sends the statements of a step, and ticks it. What is a transaction commits together with its tick; the rest can be done again from its
 * beginning: an index that is built concurrently is dropped first, and rows that have their owner are passed over.
 */
final class Worker {

    /** Shorter than Postgres' deadlock_timeout (1 s): whoever waits for this never looks for a deadlock, so nobody's transaction is aborted. */
    static final String LOCK_TIMEOUT = "set local lock_timeout = '500ms'";

    private static final Pattern CONCURRENTLY =
            Pattern.compile("(create index|create unique index|drop index) concurrently .*", Pattern.DOTALL);
    private static final String RANGE = "ctid >= ?::tid";
    private static final int PAGES_AT_A_TIME = 500;
    private static final int ATTEMPTS = 120;
    private static final long PAUSE_MILLIS = 1_000;
    private static final Set<String> LOCKED = Set.of("55P03", "40P01");

    private final Connection connection;
    private final Progress progress;

    Worker(Connection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    interface Tick {
        void commit() throws SQLException;
    }

    void perform(Step step, List<String> statements, Tick tick) throws SQLException, InterruptedException {
        if (statements.stream().anyMatch(sql -> sql.contains(RANGE))) {
            inRanges(step, statements);
            atOnce(List.of(), tick);
        } else if (statements.stream().anyMatch(sql -> CONCURRENTLY.matcher(sql).matches())) {
            for (String sql : statements) {
                send(sql);
            }
            atOnce(List.of(), tick);
        } else {
            untilUnlocked(step, () -> atOnce(statements, tick));
        }
    }

    private void inRanges(Step step, List<String> statements) throws SQLException, InterruptedException {
        long pages = pages(step.object());
        long[] rows = {0};
        for (long page = 0; page < pages; page += PAGES_AT_A_TIME) {
            String from = "(" + page + ",0)";
            String to = "(" + (page + PAGES_AT_A_TIME) + ",0)";
            untilUnlocked(
                    step,
                    () -> atOnce(statements.subList(0, statements.size() - 1), () -> {
                        String sql = statements.get(statements.size() - 1);
                        progress.sending(sql);
                        try (PreparedStatement update = connection.prepareStatement(sql)) {
                            update.setString(1, from);
                            update.setString(2, to);
                            rows[0] += update.executeLargeUpdate();
                        }
                    }));
            progress.rows(step, rows[0], Math.min(page + PAGES_AT_A_TIME, pages), pages);
        }
    }

    /** Rows that come later have their owner from the trigger. */
    private long pages(String table) throws SQLException {
        try (PreparedStatement size = connection.prepareStatement(
                "select pg_relation_size(?::regclass) / current_setting('block_size')::bigint")) {
            size.setString(1, table);
            try (ResultSet row = size.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** One transaction. */
    private void atOnce(List<String> statements, Tick tick) throws SQLException {
        connection.setAutoCommit(false);
        try {
            try (var statement = connection.createStatement()) {
                statement.execute(LOCK_TIMEOUT);
            }
            for (String sql : statements) {
                send(sql);
            }
            tick.commit();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            rollback(e);
            throw e;
        }
        connection.setAutoCommit(true);
    }

    private void rollback(Exception failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException lost) {
            failure.addSuppressed(lost);
        }
    }

    private void untilUnlocked(Step step, Tick attempt) throws SQLException, InterruptedException {
        for (int attempts = 1; ; attempts++) {
            try {
                attempt.commit();
                return;
            } catch (SQLException e) {
                if (!LOCKED.contains(e.getSQLState()) || attempts == ATTEMPTS) {
                    throw e;
                }
                progress.waiting(step, attempts);
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void send(String sql) throws SQLException {
        progress.sending(sql);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
