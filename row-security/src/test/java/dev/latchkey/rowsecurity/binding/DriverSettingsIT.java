package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The driver, the pool and its statements set up in other ways, over one connection that two owners and nobody get in turn. */
class DriverSettingsIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");
    private static final String INSERT = "insert into notes (title) values (?)";

    /** How many {@link #writes()} make. */
    private static final int ROWS = 9;

    private final OwnerScope scope = new OwnerScope(() -> null);

    @BeforeEach
    @AfterEach
    void empty() {
        TestDatabase.deleteAllNotes();
    }

    static Stream<Map<String, String>> settings() {
        return Stream.of(
                Map.of("preferQueryMode", "simple"),
                Map.of("preferQueryMode", "extendedForPrepared"),
                Map.of("preferQueryMode", "extendedCacheEverything", "prepareThreshold", "1"),
                Map.of("prepareThreshold", "1", "preparedStatementCacheQueries", "0"),
                Map.of("autosave", "always"),
                Map.of("autosave", "conservative", "cleanupSavepoints", "true"),
                Map.of("defaultRowFetchSize", "1"),
                Map.of("defaultRowFetchSize", "1", "adaptiveFetch", "true", "maxResultBuffer", "10M"),
                Map.of("stringtype", "unspecified"),
                Map.of("reWriteBatchedInserts", "true"),
                Map.of("readOnlyMode", "always", "readOnly", "false"),
                Map.of("readOnlyMode", "ignore"),
                Map.of("options", "-c app.user_id=alice -c app.context=x"),
                Map.of("escapeSyntaxCallMode", "call"),
                Map.of("quoteReturningIdentifiers", "false"),
                Map.of("currentSchema", "public,app"),
                Map.of("queryTimeout", "5"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void thenEachReachesTheirOwn(Map<String, String> settings) {
        try (HikariDataSource pool = TestDatabase.pool(1, settings)) {
            assertBound(new BindingDataSource(pool, scope));
        }
    }

    @Test
    void givenAPoolWithoutAutoCommitThenEachReachesTheirOwn() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.url());
        config.setMaximumPoolSize(1);
        config.setAutoCommit(false);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertBound(new BindingDataSource(pool, scope));
        }
    }

    @Test
    void givenATransactionManagerThatSaysReadOnlyInSqlThenWritesAreRefused() {
        try (HikariDataSource pool = TestDatabase.pool(1)) {
            BindingDataSource dataSource = new BindingDataSource(pool, scope);
            JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
            manager.setEnforceReadOnly(true);
            TransactionTemplate reading = new TransactionTemplate(manager);
            reading.setReadOnly(true);
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            scope.runAs(
                    ALICE,
                    () -> reading.executeWithoutResult(
                            status -> assertThat(jdbc.queryForList("select title from notes"))
                                    .isEmpty()));
            assertThatThrownBy(() -> scope.runAs(
                            ALICE, () -> reading.executeWithoutResult(status -> jdbc.update(INSERT, "alices"))))
                    .hasStackTraceContaining("read-only transaction");
        }
    }

    private void assertBound(BindingDataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        TransactionTemplate reading = new TransactionTemplate(transaction.getTransactionManager());
        reading.setReadOnly(true);
        for (int run = 0; run < 7; run++) {
            for (Owner owner : List.of(ALICE, BOB)) {
                scope.runAs(
                        owner,
                        () -> writes().forEach(
                                        write -> transaction.executeWithoutResult(status -> write.accept(jdbc))));
                assertThatThrownBy(() -> scope.runAs(
                                owner,
                                () -> transaction.executeWithoutResult(status -> {
                                    jdbc.update(INSERT, "never committed");
                                    jdbc.update("insert into nowhere values (?)", 1);
                                })))
                        .hasStackTraceContaining("nowhere");
            }
        }
        for (TransactionTemplate either : List.of(transaction, reading)) {
            for (int run = 0; run < 7; run++) {
                for (Owner owner : List.of(ALICE, BOB)) {
                    List<String> seen = scope.runAs(
                            owner,
                            () -> either.execute(status -> {
                                List<String> rows =
                                        new ArrayList<>(jdbc.queryForList("select owner_id from notes", String.class));
                                rows.addAll(jdbc.queryForList(
                                        "select owner_id from notes where title <> ?", String.class, "x"));
                                return rows;
                            }));
                    assertThat(seen).hasSize(2 * 7 * ROWS).containsOnly(owner.id());
                }
                assertThat(scope.<List<?>>unowned(
                                "test", () -> either.execute(status -> jdbc.queryForList("select title from notes"))))
                        .isEmpty();
                assertThatThrownBy(() -> either.execute(status -> jdbc.queryForList("select title from notes")))
                        .isInstanceOf(UnboundException.class);
            }
        }
    }

    private static List<Consumer<JdbcTemplate>> writes() {
        return List.of(
                jdbc -> jdbc.update(INSERT, "one"),
                jdbc -> jdbc.execute("insert into notes (title) values ('two')"),
                jdbc -> jdbc.batchUpdate(INSERT, List.of(new Object[] {"three"}, new Object[] {"four"})),
                jdbc -> jdbc.batchUpdate(
                        "insert into notes (title) values ('five')", "insert into notes (title) values ('six')"),
                jdbc -> jdbc.update(
                        connection -> {
                            PreparedStatement statement = connection.prepareStatement(INSERT, new String[] {"id"});
                            statement.setString(1, "seven");
                            return statement;
                        },
                        new GeneratedKeyHolder()),
                jdbc -> jdbc.execute(work(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                        statement.closeOnCompletion();
                        statement.setString(1, "eight");
                        assertThat(statement.executeUpdate()).isEqualTo(1);
                    }
                })),
                jdbc -> jdbc.execute(work(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.closeOnCompletion();
                        statement.setMaxFieldSize(3);
                        assertThat(statement.executeUpdate("insert into notes (title) values ('nine')"))
                                .isEqualTo(1);
                    }
                })));
    }

    private static ConnectionCallback<Void> work(Work work) {
        return connection -> {
            work.on(connection);
            return null;
        };
    }

    @FunctionalInterface
    private interface Work {
        void on(Connection connection) throws SQLException;
    }
}
