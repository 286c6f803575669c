package dev.latchkey.rowsecurity.prover.world;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** A superuser's connection with one transaction that is never committed. */
public final class Session implements AutoCloseable {

    /** Work on the session. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws SQLException;
    }

    private final Connection connection;
    private final String role;
    private final boolean boundFromTheStart;
    private final Binding binding;

    private Session(Connection connection, String role) throws SQLException {
        this.connection = connection;
        this.role = role;
        // DEALLOCATE ALL in an attack would take the driver's own along.
        connection.unwrap(PGConnection.class).setPrepareThreshold(0);
        connection.setAutoCommit(false);
        // A lock that something else on the database holds is an error, not a hang.
        execute("set local lock_timeout = '20s'");
        this.boundFromTheStart = !value("select nullif(current_setting('app.user_id', true), '')")
                .isEmpty();
        this.binding = Binding.of(this);
    }

    /** Takes the connection over and closes it in the end. */
    public static Session open(Connection connection, String role) throws SQLException {
        try {
            return new Session(connection, role);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    public Connection connection() {
        return connection;
    }

    /** The application's role, as SQL. */
    public String role() {
        return role;
    }

    /** Whether the connection came with an owner, before anybody bound it. */
    public boolean isBoundFromTheStart() {
        return boundFromTheStart;
    }

    /** Whether the database believes a binding only if it is signed. */
    public boolean isSigned() {
        return binding.isSigned();
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows of texts; NULL is the empty string. */
    public List<List<String>> query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return texts(rows);
        }
    }

    /** The first value of the first row, as text; NULL is the empty string. */
    public String value(String sql) throws SQLException {
        return query(sql).get(0).get(0);
    }

    /** Whether a text that a query gave is the boolean. */
    public static boolean isTrue(String text) {
        return text.equals("t");
    }

    private static List<List<String>> texts(ResultSet rows) throws SQLException {
        List<List<String>> texts = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                String text = rows.getString(i);
                row.add(text == null ? "" : text);
            }
            texts.add(row);
        }
        return texts;
    }

    /** From now on the application, bound to nobody. */
    public void becomeApplication() throws SQLException {
        execute("set local session authorization " + role);
    }

    public void becomeAdmin() throws SQLException {
        execute("set local session authorization default");
    }

    /** From now on on behalf of this owner, or of nobody if empty. */
    public void bind(String owner) throws SQLException {
        binding.bind(this, owner);
    }

    /** Undoes everything afterwards, whether the work succeeds or fails. */
    public <T> T rollingBack(Work<T> work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            return work.run();
        } finally {
            connection.rollback(before);
            connection.releaseSavepoint(before);
        }
    }

    /** Undoes everything if the work fails, so that the transaction can go on. */
    public <T> T keeping(Work<T> work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        boolean kept = false;
        try {
            T result = work.run();
            kept = true;
            return result;
        } finally {
            if (!kept) {
                connection.rollback(before);
            }
            connection.releaseSavepoint(before);
        }
    }

    /** Whether a statement has failed since the last savepoint. */
    public boolean isAborted() throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED;
    }

    /** Deletes every row but those of this owner, past triggers and foreign keys. */
    public void removeRows(List<Table> tables, String but) throws SQLException {
        execute("set local session_replication_role = replica");
        for (Table table : tables) {
            execute("delete from %s where %s is distinct from %s"
                    .formatted(table.name(), table.ownerColumn(), literal(but)));
        }
        execute("set local session_replication_role = origin");
    }

    public static String literal(String text) {
        // E'' reads the same whatever standard_conforming_strings says.
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
