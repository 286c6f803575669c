package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Batches and generated keys that went out behind a binding answer what the driver answers without row security. */
class BehindBindingIT {

    private static final OwnerScope SCOPE = new OwnerScope(() -> null);
    private static final String INSERT = "insert into pages (owner_id, n) values ('alice', ?)";

    private static HikariDataSource bare;
    private static HikariDataSource guarded;

    @BeforeAll
    static void connect() {
        JdbcTemplate superuser = new JdbcTemplate(TestDatabase.superuser());
        for (String schema : new String[] {"bare", "guarded"}) {
            superuser.execute("create schema " + schema);
            superuser.execute("create table " + schema
                    + ".pages (owner_id text not null, id int not null generated always as identity, n int not null check (n < 1000), note jsonb,"
                    + " primary key (owner_id, id), unique (owner_id, n))");
            superuser.execute("grant usage on schema " + schema + " to notes_app");
            superuser.execute("grant select, insert, update, delete on " + schema + ".pages to notes_app");
        }
        superuser.execute("select app.protect('guarded.pages', 'notes_app')");
        bare = TestDatabase.pool(1, Map.of("currentSchema", "bare"));
        guarded = TestDatabase.pool(1, Map.of("currentSchema", "guarded"));
    }

    @AfterAll
    static void disconnect() {
        bare.close();
        guarded.close();
        new JdbcTemplate(TestDatabase.superuser()).execute("drop schema bare, guarded cascade");
    }

    @BeforeEach
    void empty() {
        new JdbcTemplate(TestDatabase.superuser())
                .execute("truncate bare.pages restart identity; truncate guarded.pages restart identity");
    }

    static Stream<Arguments> usesOfJdbc() {
        Map<String, Use> uses = new LinkedHashMap<>();
        for (int rows : new int[] {0, 1, 2, 16, 17, 40}) {
            uses.put("batch of " + rows, connection -> batch(connection, INSERT, rows, 0));
            uses.put(
                    "batch of " + rows + " whose last breaks a constraint",
                    connection -> batch(connection, INSERT, rows, rows == 0 ? 0 : 1001 - rows));
        }
        uses.put("batch that ends in a comment", c -> batch(c, INSERT + " -- a comment", 3, 0));
        uses.put("batch that ends in a semicolon", c -> batch(c, INSERT + ";", 3, 0));
        uses.put("batch that returns rows", c -> batch(c, INSERT + " returning id", 3, 0));
        uses.put("batch that changes several rows each", c -> {
            batch(c, INSERT, 5, 0);
            return batch(c, "update pages set note = '{}' where n >= ?", 3, 0);
        });
        uses.put("batch first in its transaction that changes several rows each", c -> {
            batch(c, INSERT, 5, 0);
            c.commit();
            return batch(c, "update pages set note = '{}' where n >= ?", 3, 0);
        });
        uses.put("batch with an operator that is a question mark", c -> {
            batch(c, INSERT, 5, 0);
            c.commit();
            return batch(c, "update pages set note = '{\"a\": 1}' where n >= ? and note ?? 'a' is not true", 3, 0);
        });
        uses.put("batch twice", c -> batch(c, INSERT, 3, 0) + batch(c, INSERT, 3, 3));
        uses.put("batch lacking a parameter", c -> {
            try (PreparedStatement insert = c.prepareStatement("insert into pages (owner_id, n) values (?, ?)")) {
                insert.setString(1, "alice");
                insert.addBatch();
                insert.addBatch();
                insert.executeBatch();
                return "sent";
            } catch (SQLException e) {
                return e.getSQLState();
            }
        });
        uses.put("update count of keys", c -> keys(c, INSERT, "id"));
        uses.put("several keys", c -> {
            batch(c, INSERT, 5, 0);
            c.commit();
            return keys(c, "update pages set note = '{}' where n >= ?", "n", "id");
        });
        uses.put("no keys", c -> keys(c, "update pages set note = '{}' where n > ?", "id"));
        uses.put("keys of a name in capitals", c -> keys(c, INSERT, "ID"));
        uses.put("keys of a column that is not there", c -> keys(c, INSERT, "nothing"));
        uses.put(
                "keys of a statement that returns some itself",
                c -> keys(c, INSERT + " returning n + 1 as more", "id"));
        uses.put("keys of a statement that ends in a semicolon and a comment", c -> keys(c, INSERT + "; -- x", "id"));
        uses.put(
                "keys with an operator that is a question mark",
                c -> keys(c, "update pages set n = n where n = ? or note ?? 'a'", "id"));
        uses.put("all columns as keys, executed and then asked", c -> {
            try (PreparedStatement insert = c.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
                insert.setInt(1, 7);
                String told = insert.execute() + " " + insert.getUpdateCount() + " " + (insert.getResultSet() == null);
                return told + text(insert.getGeneratedKeys()) + insert.getMoreResults() + insert.getUpdateCount();
            }
        });
        uses.put("keys twice from one statement", c -> {
            try (PreparedStatement insert = c.prepareStatement(INSERT, new String[] {"id"})) {
                insert.setInt(1, 7);
                insert.executeUpdate();
                String told = text(insert.getGeneratedKeys());
                insert.setInt(1, 8);
                return told + insert.executeLargeUpdate() + text(insert.getGeneratedKeys());
            }
        });
        uses.put("batch with keys", c -> {
            try (PreparedStatement insert = c.prepareStatement(INSERT, new String[] {"id"})) {
                for (int i = 0; i < 3; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                return Arrays.toString(insert.executeBatch()) + text(insert.getGeneratedKeys());
            }
        });
        uses.put("keys asked of what gives none", c -> {
            try (PreparedStatement query = c.prepareStatement("select 1", new String[] {"id"})) {
                return text(query.executeQuery());
            }
        });
        uses.put("keys that break a constraint", c -> {
            try (PreparedStatement insert = c.prepareStatement(INSERT, new String[] {"id"})) {
                insert.setInt(1, 1000);
                return "" + insert.executeUpdate();
            }
        });
        return uses.entrySet().stream().map(use -> Arguments.of(Named.of(use.getKey(), use.getValue())));
    }

    @ParameterizedTest
    @MethodSource("usesOfJdbc")
    void answersAsWithoutRowSecurity(Use use) {
        // Beyond the fifth run pgjdbc uses named statements.
        for (int run = 0; run < 7; run++) {
            empty();
            String expected = told(bare, use);
            String answer = SCOPE.runAs(Owner.of("alice"), () -> told(new BindingDataSource(guarded, SCOPE), use));
            assertThat(answer).as("run %d", run).isEqualTo(expected);
        }
    }

    private static String told(DataSource dataSource, Use use) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            String told;
            try {
                told = use.of(connection);
                connection.commit();
            } catch (BatchUpdateException e) {
                told = "batch " + e.getSQLState() + Arrays.toString(e.getUpdateCounts())
                        + e.getNextException().getSQLState();
                connection.rollback();
            } catch (SQLException e) {
                told = "failed " + e.getSQLState();
                connection.rollback();
            }
            try (PreparedStatement query = connection.prepareStatement("select n, note from pages order by n")) {
                told += text(query.executeQuery());
            }
            connection.commit();
            return told;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String batch(Connection connection, String sql, int rows, int from) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < rows; i++) {
                insert.setInt(1, from + i);
                insert.addBatch();
            }
            return Arrays.toString(insert.executeBatch());
        }
    }

    private static String keys(Connection connection, String sql, String... columns) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql, columns)) {
            insert.setInt(1, 2);
            return insert.executeUpdate() + text(insert.getGeneratedKeys()) + insert.getUpdateCount();
        }
    }

    private static String text(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            text.append(" |");
            for (int i = 1; i <= columns; i++) {
                text.append(' ')
                        .append(rows.getMetaData().getColumnName(i))
                        .append('=')
                        .append(rows.getString(i));
            }
        }
        return text + "; ";
    }

    @FunctionalInterface
    interface Use {
        String of(Connection connection) throws SQLException;
    }
}
