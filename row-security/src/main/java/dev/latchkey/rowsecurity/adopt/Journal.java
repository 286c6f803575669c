package dev.latchkey.rowsecurity.adopt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code app.adoption}: what was planned before anything was changed, and what of it is done. */
final class Journal {

    private static final String REVERT = "revert";

    private final Connection connection;

    Journal(Connection connection) {
        this.connection = connection;
    }

    boolean exists() throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select to_regclass('app.adoption') is not null")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    int lastNumber() throws SQLException {
        if (!exists()) {
            return 0;
        }
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(max(step), 0) from app.adoption")) {
            row.next();
            return row.getInt(1);
        }
    }

    void write(List<Step> steps, String role) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into app.adoption (step, role, stage, object, work, statements, undo) values (?, ?, ?, ?, ?, ?, ?)")) {
            for (Step step : steps) {
                insert.setInt(1, step.number());
                insert.setString(2, role);
                insert.setString(3, step.stage().inJournal());
                insert.setString(4, step.object());
                insert.setString(5, step.work());
                insert.setArray(
                        6, connection.createArrayOf("text", step.statements().toArray()));
                insert.setArray(7, connection.createArrayOf("text", step.undo().toArray()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** What is still to do up to a stage, in order: first all that observes. */
    List<Step> pending(Stage last) throws SQLException {
        return read(
                "where done_at is null and stage = any (?) order by stage = 'enforce', step",
                last == Stage.OBSERVE ? new String[] {"observe"} : new String[] {"observe", "enforce"});
    }

    void tick(Step step) throws SQLException {
        update("update app.adoption set done_at = clock_timestamp() where step = " + step.number());
    }

    boolean isReverting() throws SQLException {
        return exists() && !read("where stage = any (?)", REVERT).isEmpty();
    }

    /** From here on there is only the way back: a plan that is partly undone does not lead forward any more. */
    void turnBack() throws SQLException {
        update("delete from app.adoption where done_at is null");
        update("update app.adoption set stage = '" + REVERT + "'");
    }

    /** What has to be undone, the latest first. */
    List<Step> toUndo() throws SQLException {
        return exists()
                ? read(
                        "where done_at is not null and stage = any (?) order by done_at desc, step desc",
                        "observe",
                        "enforce",
                        REVERT)
                : List.of();
    }

    /** The application's role of the latest plan. */
    String role() throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select role from app.adoption order by step desc limit 1")) {
            if (!row.next()) {
                throw new IllegalStateException("Nothing was adopted in this database yet");
            }
            return row.getString(1);
        }
    }

    void forget(Step step) throws SQLException {
        if (exists()) {
            update("delete from app.adoption where step = " + step.number());
        }
    }

    private List<Step> read(String clause, String... stages) throws SQLException {
        List<Step> steps = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select step, stage, object, work, statements, undo from app.adoption " + clause)) {
            select.setArray(1, connection.createArrayOf("text", stages));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    steps.add(new Step(
                            row.getInt("step"),
                            row.getString("stage").equals(Stage.OBSERVE.inJournal()) ? Stage.OBSERVE : Stage.ENFORCE,
                            row.getString("object"),
                            row.getString("work"),
                            Survey.texts(row, "statements"),
                            Survey.texts(row, "undo")));
                }
            }
        }
        return steps;
    }

    private void update(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
