package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.testing.CountingSocketFactory;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A read-only transaction whose statements each go out with their commit, and an application that must not notice. */
class ReadOnlyTransactionIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");
    private static final OwnerScope SCOPE = new OwnerScope(() -> null);
    private static final String TITLES = "select title from notes where title <> ?";

    private static HikariDataSource pool;

    @BeforeAll
    static void connect() {
        pool = pool(Map.of());
        new JdbcTemplate(TestDatabase.superuser())
                .update("insert into notes (owner_id, title) values ('alice', 'alices'), ('bob', 'bobs')");
    }

    @AfterAll
    static void disconnect() {
        pool.close();
        TestDatabase.deleteAllNotes();
    }

    private static HikariDataSource pool(Map<String, String> properties) {
        var all = new HashMap<>(properties);
        all.put("socketFactory", CountingSocketFactory.class.getName());
        return TestDatabase.pool(1, all);
    }

    @Nested
    class GivenOneStatement {

        @Test
        void throughJdbcTemplateThenOneRoundTrip() {
            Application application = new Application(pool);
            for (int run = 0; run < 8; run++) {
                assertThat(roundTripsOf(() ->
                                application.reads(jdbc -> assertThat(jdbc.queryForList(TITLES, String.class, "x"))
                                        .containsExactly("alices"))))
                        .as("run %d", run)
                        .isEqualTo(1);
            }
        }

        @Test
        void withoutParametersThenOneRoundTrip() {
            Application application = new Application(pool);
            assertThat(roundTripsOf(() -> application.reads(
                            jdbc -> assertThat(jdbc.queryForList("select title from notes -- all", String.class))
                                    .containsExactly("alices"))))
                    .isEqualTo(1);
        }

        @Test
        void onARawConnectionThenOneRoundTrip() {
            assertThat(roundTripsOf(() -> onConnection(connection -> {
                        connection.setReadOnly(true);
                        connection.setAutoCommit(false);
                        assertThat(titles(connection)).containsExactly("alices");
                        assertThat(connection.getAutoCommit()).isFalse();
                        assertThat(connection.isReadOnly()).isTrue();
                        connection.commit();
                    })))
                    .isEqualTo(1);
        }

        @Test
        void whenClosedWithoutCommitThenTheNextUseIsNotReadOnly() {
            assertThat(roundTripsOf(() -> onConnection(connection -> {
                        connection.setAutoCommit(false);
                        connection.setReadOnly(true);
                        assertThat(titles(connection)).containsExactly("alices");
                    })))
                    .isEqualTo(1);
            onConnection(connection -> {
                assertThat(connection.isReadOnly()).isFalse();
                assertThat(connection.getAutoCommit()).isTrue();
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    assertThat(statement.executeUpdate("insert into notes (title) values ('undone')"))
                            .isEqualTo(1);
                }
                connection.rollback();
            });
        }

        @Test
        void thenItHasOneResultAndNoMore() {
            onConnection(connection -> {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                try (PreparedStatement prepared = connection.prepareStatement(TITLES);
                        Statement plain = connection.createStatement()) {
                    prepared.setString(1, "x");
                    assertThat(prepared.execute()).isTrue();
                    assertThat(prepared.getMoreResults()).isFalse();
                    assertThat(prepared.getUpdateCount()).isEqualTo(-1);
                    assertThat(plain.execute("select title from notes")).isTrue();
                    assertThat(plain.getMoreResults()).isFalse();
                    assertThat(plain.getUpdateCount()).isEqualTo(-1);
                }
            });
        }

        @Test
        void whenSwitchedOffThenTwo() {
            Application application =
                    new Application(new BindingDataSource(pool, SCOPE, new BindingOptions(false, null)));
            assertThat(roundTripsOf(() -> application.reads(jdbc -> jdbc.queryForList(TITLES, "x"))))
                    .isEqualTo(2);
        }

        @Test
        void withATypeThatTheDriverAsksTheServerForThenItIsBoundAllTheSame() {
            Application application = new Application(pool);
            for (int run = 0; run < 12; run++) {
                application.reads(jdbc -> assertThat(jdbc.queryForList(
                                "select title from notes where ? > timestamp '2020-01-01'",
                                String.class,
                                Timestamp.valueOf("2026-01-01 00:00:00")))
                        .containsExactly("alices"));
            }
        }
    }

    @Nested
    class GivenSeveralStatements {

        @Test
        void thenOneRoundTripEachAndEachSeesWhatIsCommitted() {
            Application application = new Application(pool);
            assertThat(roundTripsOf(() -> application.reads(jdbc -> {
                        for (int i = 0; i < 3; i++) {
                            jdbc.queryForList(TITLES, "x");
                        }
                    })))
                    .isEqualTo(3);
        }

        @Test
        void whenAnotherOwnerIsInScopeThenRefused() {
            new Application(pool).reads(jdbc -> {
                assertThat(jdbc.queryForList(TITLES, String.class, "x")).containsExactly("alices");
                assertThatThrownBy(() -> SCOPE.runAs(BOB, () -> jdbc.queryForList(TITLES, "x")))
                        .isInstanceOf(OwnerChangedException.class);
                assertThatThrownBy(() -> SCOPE.unowned("test", () -> jdbc.queryForList(TITLES, "x")))
                        .isInstanceOf(OwnerChangedException.class);
            });
        }

        @Test
        void whenOneFailsThenAllFailUntilTheRollback() {
            onConnection(connection -> {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                assertThat(titles(connection)).containsExactly("alices");
                try (PreparedStatement wrong = connection.prepareStatement("select 1 / ?")) {
                    wrong.setInt(1, 0);
                    assertThatThrownBy(wrong::executeQuery).hasMessageContaining("division by zero");
                }
                assertState("25P02", () -> titles(connection));
                connection.rollback();
                assertThat(titles(connection)).containsExactly("alices");
            });
        }

        @Test
        void whenTheirPropertiesAreChangedMidwayThenRefusedAsByTheDriver() {
            onConnection(connection -> {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                titles(connection);
                assertState("25001", () -> connection.setReadOnly(false));
                assertState("25001", () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
                connection.commit();
                connection.setReadOnly(false);
            });
        }
    }

    @Nested
    class GivenWhatNeedsARealTransaction {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "select pg_try_advisory_xact_lock(1) where 'a' <> ?",
                    "select set_config('work_mem', ?, true)",
                    "select pg_export_snapshot() where 'a' <> ?",
                    "select now() where 'a' <> ?",
                    "select current_timestamp where 'a' <> ?",
                    "select \"now\"() where 'a' <> ?",
                    "select pg_catalog . now() where 'a' <> ?",
                    "select now /* ( */ () where 'a' <> ?",
                    "select 1 where 'a' <> ?; select 2",
                    "show work_mem",
                })
        void thenOneIsStarted(String sql) {
            onConnection(connection -> {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                assertThat(titles(connection)).containsExactly("alices");
                assertThat(inTransaction()).isFalse();
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    if (sql.contains("?")) {
                        statement.setString(1, "8MB");
                    }
                    statement.execute();
                }
                assertThat(inTransaction()).isTrue();
                connection.rollback();
                assertThat(inTransaction()).isFalse();
                assertThat(titles(connection)).containsExactly("alices");
            });
        }

        @Test
        void suchAsASavepointThenOneIsStarted() {
            onConnection(connection -> {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                assertThat(titles(connection)).containsExactly("alices");
                Savepoint before = connection.setSavepoint();
                assertThat(titles(connection)).containsExactly("alices");
                connection.rollback(before);
                assertThat(titles(connection)).containsExactly("alices");
                assertThatThrownBy(() -> SCOPE.runAs(BOB, () -> titlesUnchecked(connection)))
                        .isInstanceOf(OwnerChangedException.class);
                connection.releaseSavepoint(before);
                connection.commit();
            });
        }

        @Test
        void suchAsRowsInPortionsThenOneIsStarted() {
            onConnection(connection -> {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                try (PreparedStatement statement = connection.prepareStatement(TITLES)) {
                    statement.setFetchSize(1);
                    statement.setString(1, "x");
                    try (ResultSet rows = statement.executeQuery()) {
                        assertThat(inTransaction()).isTrue();
                        assertThat(rows.next()).isTrue();
                    }
                }
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "insert into notes (title) values (?)",
                    "update notes set title = ?",
                    "delete from notes where title <> ?",
                    "with gone as (delete from notes where title <> ? returning 1) select * from gone",
                    "insert into notes (title) values (?) returning id",
                    "select title from notes where title <> ? for share",
                    "select nextval('tickets') where 'a' <> ?"
                })
        void suchAsAWriteOrALockThenItIsRefused(String sql) {
            onConnection(connection -> {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                titles(connection);
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setString(1, "x");
                    assertState("25006", statement::execute);
                }
                assertState("25P02", () -> titles(connection));
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"transaction", "ignore", "always"})
        void suchAsAWriteThenItIsRefusedWhateverTheDriverMakesOfReadOnly(String mode) {
            try (HikariDataSource other = pool(Map.of("readOnlyMode", mode))) {
                Application application = new Application(other);
                assertThatThrownBy(() -> application.reads(jdbc -> {
                            jdbc.queryForList(TITLES, "x");
                            jdbc.update("update notes set title = ?", "x");
                        }))
                        .rootCause()
                        .hasMessageContaining("read-only transaction");
                application.reads(jdbc ->
                        assertThat(jdbc.queryForList(TITLES, String.class, "x")).containsExactly("alices"));
            }
        }
    }

    @Nested
    class GivenAnotherIsolationLevel {

        @ParameterizedTest
        @ValueSource(
                ints = {TransactionDefinition.ISOLATION_REPEATABLE_READ, TransactionDefinition.ISOLATION_SERIALIZABLE})
        void ofTheTransactionThenItIsARealOne(int level) {
            Application application = new Application(pool);
            application.transaction.setIsolationLevel(level);
            application.reads(jdbc -> {
                jdbc.queryForList(TITLES, "x");
                assertThat(inTransaction()).isTrue();
            });
            application.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_DEFAULT);
            application.reads(jdbc -> {
                jdbc.queryForList(TITLES, "x");
                assertThat(inTransaction()).isFalse();
            });
        }

        @Test
        void asTheServersDefaultThenTransactionsAreRealOnes() {
            try (HikariDataSource other =
                    pool(Map.of("options", "-c default_transaction_isolation=repeatable\\ read"))) {
                Application application = new Application(other);
                for (int run = 0; run < 2; run++) {
                    application.reads(jdbc -> {
                        assertThat(jdbc.queryForList(TITLES, String.class, "x")).containsExactly("alices");
                        new JdbcTemplate(TestDatabase.superuser())
                                .update("insert into notes (owner_id, title) values ('alice', 'meanwhile')");
                        assertThat(jdbc.queryForList(TITLES, String.class, "x")).containsExactly("alices");
                        new JdbcTemplate(TestDatabase.superuser())
                                .update("delete from notes where title = 'meanwhile'");
                    });
                }
                assertThat(roundTripsOf(() -> application.reads(jdbc -> jdbc.queryForList(TITLES, "x"))))
                        .isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"autosave=always", "autosave=conservative", "preferQueryMode=simple", "prepareThreshold=0"})
    void givenAnotherModeOfTheDriverThenNothingIsNoticed(String property) {
        String[] nameAndValue = property.split("=");
        try (HikariDataSource other = pool(Map.of(nameAndValue[0], nameAndValue[1]))) {
            for (int run = 0; run < 8; run++) {
                new Application(other).reads(jdbc -> {
                    assertThat(jdbc.queryForList(TITLES, String.class, "x")).containsExactly("alices");
                    assertThat(jdbc.queryForList("select title from notes", String.class))
                            .containsExactly("alices");
                    jdbc.queryForList("select now()");
                    assertThat(jdbc.queryForList(TITLES, String.class, "x")).containsExactly("alices");
                });
            }
        }
    }

    @Test
    void givenAPoolWithoutAutoCommitThenOneRoundTrip() {
        HikariConfig config = new HikariConfig();
        pool.copyStateTo(config);
        config.setAutoCommit(false);
        try (HikariDataSource other = new HikariDataSource(config)) {
            Application application = new Application(other);
            application.reads(jdbc -> jdbc.queryForList(TITLES, "x"));
            assertThat(roundTripsOf(() -> application.reads(jdbc -> jdbc.queryForList(TITLES, "x"))))
                    .isEqualTo(1);
        }
    }

    private static int roundTripsOf(Runnable work) {
        // HikariCP asks a connection that has been idle for half a second whether it is alive.
        new JdbcTemplate(pool).execute("select 1");
        return CountingSocketFactory.roundTripsOf(work);
    }

    private static boolean inTransaction() {
        return Boolean.TRUE.equals(new JdbcTemplate(TestDatabase.superuser())
                .queryForObject(
                        "select bool_or(xact_start is not null) from pg_stat_activity where usename = ?",
                        Boolean.class,
                        TestDatabase.APP_ROLE));
    }

    private static void assertState(String state, Work work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
    }

    private static List<String> titles(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TITLES)) {
            statement.setString(1, "x");
            try (ResultSet rows = statement.executeQuery()) {
                List<String> titles = new ArrayList<>();
                while (rows.next()) {
                    titles.add(rows.getString(1));
                }
                return titles;
            }
        }
    }

    private static void titlesUnchecked(Connection connection) {
        try {
            titles(connection);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void onConnection(OnConnection work) {
        SCOPE.runAs(ALICE, () -> {
            try (Connection connection = new BindingDataSource(pool, SCOPE).getConnection()) {
                work.run(connection);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    private interface OnConnection {
        void run(Connection connection) throws SQLException;
    }

    private interface Work {
        void run() throws SQLException;
    }

    /** As Spring uses a pool. */
    private static final class Application {

        final JdbcTemplate jdbc;
        final TransactionTemplate transaction;

        Application(HikariDataSource pool) {
            this(new BindingDataSource(pool, SCOPE));
        }

        Application(BindingDataSource bound) {
            jdbc = new JdbcTemplate(bound);
            transaction = new TransactionTemplate(new JdbcTransactionManager(bound));
            transaction.setReadOnly(true);
        }

        void reads(Consumer<JdbcTemplate> work) {
            SCOPE.runAs(ALICE, () -> transaction.executeWithoutResult(status -> work.accept(jdbc)));
        }
    }
}
