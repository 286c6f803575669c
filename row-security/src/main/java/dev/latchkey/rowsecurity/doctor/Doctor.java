package dev.latchkey.rowsecurity.doctor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examines what a role can reach in a database; what it cannot reach does not count. Reads the catalogue and {@code app.declared_policy} only,
 * and needs no rights beyond those of the application.
 *
 * <p>In a test: {@code assertThat(new Doctor().examine(connection)).isEmpty()}, or {@link #requireSafe}. Over a connection of another role, a
 * superuser's for example: {@code new Doctor("notes_app")}.
 */
public final class Doctor {

    private static final String DECLARED_POLICY_READABLE = """
            select from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'app' and c.relname = 'declared_policy'
              and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')""";

    private final @Nullable String role;

    /** Examines the role that the connection logged in as. */
    public Doctor() {
        this.role = null;
    }

    /**
     * Examines another role than the connection's.
     *
     * @param role its name, as it stands in {@code pg_roles}; if there is none of that name, examining throws an {@link SQLException}
     */
    public Doctor(String role) {
        this.role = role;
    }

    /**
     * Everything that is wrong, or an empty list. Works within the connection's transaction, which it leaves as it was, else in one of its own.
     *
     * @throws SQLException if the catalogue cannot be read
     */
    public List<Finding> examine(Connection connection) throws SQLException {
        return undone(connection, () -> {
            // The catalogue spells names without their schema where the search path finds them.
            text(connection, "select set_config('search_path', '', true)");
            return findings(connection, declaredPolicies(connection));
        });
    }

    /**
     * Why the role sees a row of a table while it is bound to an owner, or why not. Reads the row and evaluates the table's policies.
     *
     * @param connection of a superuser or a role with BYPASSRLS: nobody else may learn which rows there are
     * @param table its name, as SQL takes it
     * @param id the values of the primary key but for {@code owner_id}, in their order
     * @param owner whom the role is bound to; null if to nobody
     * @throws SQLException if there is no such table or role, the id is none of this table, or the connection's role may not ask
     */
    public Explanation explain(Connection connection, String table, List<String> id, @Nullable String owner)
            throws SQLException {
        return undone(
                connection,
                () -> new RowExplainer(connection, OwnerColumn.of(connection), id).explain(table, role, owner));
    }

    /**
     * Like {@link #examine}, for callers that cannot go on.
     *
     * @throws UnsafeDatabaseException if anything is wrong; its message lists every finding
     */
    public void requireSafe(Connection connection) throws SQLException {
        List<Finding> findings = examine(connection);
        if (!findings.isEmpty()) {
            throw new UnsafeDatabaseException(findings);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    /** Takes back what the work sets: in the caller's transaction by a savepoint, else in one of its own that is rolled back. */
    private static <T> T undone(Connection connection, Work<T> work) throws SQLException {
        if (!connection.getAutoCommit()) {
            Savepoint before = connection.setSavepoint();
            try {
                return work.run();
            } finally {
                connection.rollback(before);
                connection.releaseSavepoint(before);
            }
        }
        connection.setAutoCommit(false);
        try {
            return work.run();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static String declaredPolicies(Connection connection) throws SQLException {
        try (PreparedStatement readable = connection.prepareStatement(DECLARED_POLICY_READABLE);
                ResultSet rows = readable.executeQuery()) {
            if (!rows.next()) {
                return "[]";
            }
        }
        return text(connection, "select coalesce(json_agg(d), '[]')::text from app.declared_policy d");
    }

    private List<Finding> findings(Connection connection, String declaredPolicies) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (PreparedStatement examination =
                connection.prepareStatement(OwnerColumn.of(connection).in(Examination.SQL))) {
            examination.setString(1, declaredPolicies);
            examination.setString(2, role);
            try (ResultSet rows = examination.executeQuery()) {
                while (rows.next()) {
                    Lint lint = Lint.valueOf(rows.getString("lint"));
                    findings.add(
                            new Finding(lint.code(), rows.getString("object"), lint.why(), rows.getString("remedy")));
                }
            }
        }
        return List.copyOf(findings);
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }
}
