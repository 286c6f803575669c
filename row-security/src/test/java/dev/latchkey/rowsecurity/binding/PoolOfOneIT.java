package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.BindingFailedException;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.PolicyViolationException;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgResultSet;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** One connection that everybody gets in turn: whatever one owner leaves behind would meet the next. */
class PoolOfOneIT {

    private static final Owner ALICE = new Owner("alice", "alices-actor");
    private static final Owner BOB = Owner.of("bob");

    private final OwnerScope scope = new OwnerScope(() -> null);
    private final HikariDataSource pool = TestDatabase.pool(1);
    private final BindingDataSource dataSource = new BindingDataSource(pool, scope);
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));

    @BeforeEach
    @AfterEach
    void empty() {
        TestDatabase.deleteAllNotes();
    }

    @AfterEach
    void disconnect() {
        pool.close();
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                write(
                        "JdbcTemplate with parameters",
                        (jdbc, title) -> jdbc.update("insert into notes (title) values (?)", title)),
                write(
                        "JdbcTemplate, plain statement",
                        (jdbc, title) -> jdbc.update("insert into notes (title) values ('" + title + "')")),
                write(
                        "JdbcClient",
                        (jdbc, title) -> JdbcClient.create(jdbc)
                                .sql("insert into notes (title) values (:title)")
                                .param("title", title)
                                .update()),
                write(
                        "batch",
                        (jdbc, title) -> jdbc.batchUpdate(
                                "insert into notes (title) values (?)",
                                List.of(new Object[] {title}, new Object[] {title}))),
                write(
                        "batch of one",
                        (jdbc, title) -> jdbc.batchUpdate(
                                "insert into notes (title) values (?)", List.<Object[]>of(new Object[] {title}))),
                write(
                        "batch of plain statements",
                        (jdbc, title) -> jdbc.batchUpdate(
                                "insert into notes (title) values ('" + title + "')",
                                "insert into notes (title) values ('" + title + "')")),
                write("generated keys", PoolOfOneIT::insertForGeneratedKey),
                write(
                        "insert … returning",
                        (jdbc, title) -> jdbc.queryForObject(
                                "insert into notes (title) values (?) returning id", String.class, title)),
                write(
                        "several statements in one",
                        (jdbc, title) -> jdbc.update(
                                "insert into notes (title) values (?); insert into notes (title) values (?)",
                                title,
                                title)));
    }

    private static Arguments write(String name, BiConsumer<JdbcTemplate, String> write) {
        return Arguments.argumentSet(name, write);
    }

    private static void insertForGeneratedKey(JdbcTemplate jdbc, String title) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.update(
                connection -> {
                    PreparedStatement insert =
                            connection.prepareStatement("insert into notes (title) values (?)", new String[] {"id"});
                    insert.setString(1, title);
                    return insert;
                },
                key);
        assertThat(key.getKeys()).containsKey("id");
    }

    @ParameterizedTest
    @MethodSource("writes")
    void givenOwnersInTurnAndAFailureBetweenThenEachSeesTheirOwn(BiConsumer<JdbcTemplate, String> write) {
        as(ALICE, () -> write.accept(jdbc, "alices"));
        assertThatThrownBy(() -> as(ALICE, () -> {
                    write.accept(jdbc, "never committed");
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(titlesOf(BOB)).isEmpty();
        as(BOB, () -> write.accept(jdbc, "bobs"));
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> write.accept(jdbc, "nobodys")))
                .isInstanceOf(UnboundException.class);
        assertThatThrownBy(() -> write.accept(jdbc, "nobodys")).isInstanceOf(UnboundException.class);

        assertThat(titlesOf(ALICE)).isNotEmpty().containsOnly("alices");
        assertThat(titlesOf(BOB)).isNotEmpty().containsOnly("bobs");
        assertThat(rowsByOwner()).containsOnly("alice alices", "bob bobs");
    }

    @ParameterizedTest
    @MethodSource("writes")
    void givenNoTransactionWhenAnOwnerWritesThenRefusedWithTheFix(BiConsumer<JdbcTemplate, String> write) {
        assertThatThrownBy(() -> scope.runAs(ALICE, () -> write.accept(jdbc, "alices")))
                .isInstanceOf(UnboundException.class)
                .hasMessageContaining("@Transactional");
        assertThat(rowsByOwner()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("writes")
    void givenUnownedWhenWritingToAProtectedTableThenPolicyViolation(BiConsumer<JdbcTemplate, String> write) {
        assertThatThrownBy(() -> scope.unowned(
                        "test", () -> transaction.executeWithoutResult(status -> write.accept(jdbc, "nobodys"))))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageNotContaining("nobodys");
        assertThat(rowsByOwner()).isEmpty();
    }

    @Nested
    class GivenAValueLeftOnTheSession {

        @BeforeEach
        void plant() throws SQLException {
            as(ALICE, () -> jdbc.update("insert into notes (title) values ('alices')"));
            try (Connection raw = pool.getConnection();
                    Statement statement = raw.createStatement()) {
                statement.execute("set app.user_id = 'alice'");
            }
        }

        @Test
        void thenItIsVisibleWithoutTheBinder() {
            assertThat(new JdbcTemplate(pool).queryForList("select title from notes", String.class))
                    .containsExactly("alices");
        }

        @Test
        void thenAnotherOwnerDoesNotSeeThroughIt() {
            assertThat(titlesOf(BOB)).isEmpty();
        }

        @Test
        void thenUnownedWorkDoesNotSeeThroughIt() {
            String sql = "select title from notes where title <> ?";
            scope.unowned("test", () -> {
                assertThat(jdbc.queryForList(sql, "x")).isEmpty();
                assertThat(jdbc.queryForList("select title from notes")).isEmpty();
                transaction.executeWithoutResult(
                        status -> assertThat(jdbc.queryForList(sql, "x")).isEmpty());
            });
        }

        @Test
        void thenNobodySeesThroughIt() {
            assertThatThrownBy(() -> titles()).isInstanceOf(UnboundException.class);
        }
    }

    @Nested
    class GivenASavepoint {

        @Test
        void whenRolledBackThenTheNextStatementIsBoundAgain() {
            as(
                    ALICE,
                    () -> jdbc.execute((Connection connection) -> {
                        Savepoint before = connection.setSavepoint();
                        jdbc.update("insert into notes (title) values (?)", "undone");
                        connection.rollback(before);
                        jdbc.update("insert into notes (title) values (?)", "kept");
                        return null;
                    }));
            assertThat(titlesOf(ALICE)).containsExactly("kept");
        }

        @Test
        void whenANestedTransactionFailsThenTheOuterOneGoesOnBound() {
            TransactionTemplate nested = new TransactionTemplate(transaction.getTransactionManager());
            nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            as(ALICE, () -> {
                assertThatThrownBy(() ->
                                nested.executeWithoutResult(status -> jdbc.update("insert into nowhere values (?)", 1)))
                        .isNotNull();
                jdbc.update("insert into notes (title) values (?)", "kept");
            });
            assertThat(titlesOf(ALICE)).containsExactly("kept");
        }
    }

    @Nested
    class GivenATransactionOfOneOwner {

        @Test
        void whenAnotherOwnerIsInScopeThenRefused() {
            as(ALICE, () -> {
                jdbc.update("insert into notes (title) values (?)", "alices");
                assertThatThrownBy(() -> scope.runAs(BOB, PoolOfOneIT.this::titles))
                        .isInstanceOf(OwnerChangedException.class)
                        .hasMessageNotContaining("alice");
                assertThatThrownBy(() -> scope.unowned("test", PoolOfOneIT.this::titles))
                        .isInstanceOf(OwnerChangedException.class);
                assertThat(titles()).containsExactly("alices");
            });
        }

        @Test
        void whenAnotherOwnerTakesANewTransactionThenBothAreBoundToTheirOwn() {
            try (HikariDataSource two = TestDatabase.pool(2)) {
                BindingDataSource both = new BindingDataSource(two, scope);
                JdbcTemplate jdbc = new JdbcTemplate(both);
                TransactionTemplate outer = new TransactionTemplate(new JdbcTransactionManager(both));
                TransactionTemplate inner = new TransactionTemplate(outer.getTransactionManager());
                inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
                scope.runAs(
                        ALICE,
                        () -> outer.executeWithoutResult(status -> {
                            jdbc.update("insert into notes (title) values (?)", "alices");
                            scope.runAs(
                                    BOB,
                                    () -> inner.executeWithoutResult(
                                            nested -> jdbc.update("insert into notes (title) values (?)", "bobs")));
                            jdbc.update("insert into notes (title) values (?)", "alices");
                        }));
            }
            assertThat(rowsByOwner()).containsExactly("alice alices", "alice alices", "bob bobs");
        }

        @Test
        void whenTheSameStatementRunsAgainThenItsParametersStandWhereTheyBelong() {
            as(
                    ALICE,
                    () -> jdbc.execute((Connection connection) -> {
                        try (PreparedStatement insert =
                                connection.prepareStatement("insert into notes (title) values (?)")) {
                            insert.setString(1, "first");
                            assertThat(insert.executeUpdate()).isEqualTo(1);
                            insert.setString(1, "second");
                            assertThat(insert.executeUpdate()).isEqualTo(1);
                        }
                        return null;
                    }));
            assertThat(titlesOf(ALICE)).containsExactlyInAnyOrder("first", "second");
        }

        @Test
        void whenItEndsUnseenThenTheNextStatementIsBoundAgain() {
            List<Connection> raw = new ArrayList<>();
            BindingDataSource watched = new BindingDataSource(
                    new DelegatingDataSource(pool) {
                        @Override
                        public Connection getConnection() throws SQLException {
                            raw.add(super.getConnection());
                            return raw.get(0);
                        }
                    },
                    scope);
            scope.runAs(
                    ALICE,
                    () -> new TransactionTemplate(new JdbcTransactionManager(watched)).executeWithoutResult(status -> {
                        JdbcTemplate jdbc = new JdbcTemplate(watched);
                        jdbc.update("insert into notes (title) values (?)", "before");
                        endUnseen(raw.get(0));
                        jdbc.update("insert into notes (title) values (?)", "after");
                    }));
            assertThat(titlesOf(ALICE)).containsExactlyInAnyOrder("before", "after");
        }

        private static void endUnseen(Connection raw) {
            try (Statement statement = raw.createStatement()) {
                statement.execute("commit");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void whenAStatementFailsThenTheNextFailsAsPostgresSaysAndTheConnectionStays() {
            int backend = backend();
            assertThatThrownBy(() -> as(ALICE, () -> {
                        assertThatThrownBy(() -> jdbc.queryForList("select * from nowhere where a = ?", 1))
                                .isInstanceOf(BadSqlGrammarException.class);
                        jdbc.queryForList("select title from notes");
                    }))
                    .isNotInstanceOf(BindingFailedException.class)
                    .hasStackTraceContaining("current transaction is aborted");
            assertThat(backend()).isEqualTo(backend);
        }

        @Test
        void whenFetchedInPortionsThenBound() {
            as(
                    ALICE,
                    () -> jdbc.batchUpdate(
                            "insert into notes (title) values (?)",
                            List.of(new Object[] {"a"}, new Object[] {"b"}, new Object[] {"c"})));
            JdbcTemplate portions = new JdbcTemplate(dataSource);
            portions.setFetchSize(2);
            List<String> read = new ArrayList<>();
            as(ALICE, () -> {
                read.addAll(portions.queryForList("select title from notes where title <> ?", String.class, "x"));
            });
            assertThat(read).containsExactlyInAnyOrder("a", "b", "c");
        }

        @Test
        void thenTheContextSaysActorAndAccess() {
            String sql = "select nullif(split_part(current_setting('app.context'), '|', ?), '')";
            as(ALICE, () -> {
                assertThat(jdbc.queryForObject(sql, String.class, 1)).isEqualTo("alices-actor");
                assertThat(jdbc.queryForObject(sql, String.class, 2)).isEqualTo("write");
            });
            transaction.setReadOnly(true);
            as(BOB, () -> {
                assertThat(jdbc.queryForObject(sql, String.class, 1)).isNull();
                assertThat(jdbc.queryForObject(sql, String.class, 2)).isEqualTo("read");
            });
        }
    }

    @Nested
    class GivenSqlThatWouldEndOrRebindTheTransaction {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "commit",
                    "; commit",
                    "select 1; /* a /* b */ */ rollback",
                    "BEGIN",
                    "savepoint a",
                    "-- x\nrelease a",
                    "prepare transaction 'x'",
                    "end",
                    "abort"
                })
        void thenTransactionControlIsRefusedAndTheTransactionGoesOn(String sql) {
            assertRefused(sql, UnboundException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "set app.user_id = 'bob'",
                    "SET LOCAL \"app\".user_id = 'bob'",
                    "set session App . user_id to 'bob'",
                    "reset app.user_id",
                    "reset all",
                    "discard all",
                    "set role postgres",
                    "set session authorization postgres",
                    "select set_config('app.user_id', 'bob', false)",
                    "select set_config('app' || '.user_id', 'bob', true)",
                    "do $$ begin perform set_config( 'app.user_id', 'bob', true); end $$"
                })
        void thenAnotherBindingIsRefusedAndTheTransactionGoesOn(String sql) {
            assertRefused(sql, OwnerChangedException.class);
        }

        @Test
        void thenOtherSettingsAndWordsInsideOfStringsAreFree() {
            as(ALICE, () -> {
                jdbc.execute("set local statement_timeout = '10s'");
                jdbc.queryForList("select set_config('work_mem', ?, true)", "8MB");
                jdbc.update("insert into notes (title) values ('; commit; set app.user_id = 1')");
            });
            assertThat(titlesOf(ALICE)).containsExactly("; commit; set app.user_id = 1");
        }

        private void assertRefused(String sql, Class<? extends RuntimeException> refusal) {
            as(ALICE, () -> {
                jdbc.update("insert into notes (title) values (?)", "alices");
                assertThatThrownBy(() -> jdbc.execute(sql)).isInstanceOf(refusal);
                assertThatThrownBy(() -> jdbc.update(sql + " ")).isInstanceOf(refusal);
                assertThatThrownBy(() -> jdbc.batchUpdate("select 1", sql)).isInstanceOf(refusal);
                assertThat(titles()).containsExactly("alices");
            });
            assertThat(titlesOf(BOB)).isEmpty();
        }
    }

    @Nested
    class GivenABindingThatFails {

        @AfterEach
        void grant() {
            superuser("grant execute on function set_config to public");
        }

        @ParameterizedTest
        @ValueSource(strings = {"select title from notes where title <> ?", "select title from notes"})
        void thenTheConnectionIsNotLentAgain(String sql) {
            int backend = backend();
            superuser("revoke execute on function set_config from public");
            Object[] parameters = sql.contains("?") ? new Object[] {"x"} : new Object[0];

            assertThatThrownBy(() -> as(ALICE, () -> jdbc.queryForList(sql, parameters)))
                    .isInstanceOf(BindingFailedException.class);

            superuser("grant execute on function set_config to public");
            assertThat(backend()).isNotEqualTo(backend);
            assertThat(titlesOf(ALICE)).isEmpty();
        }

        @Test
        void outsideOfATransactionThenTheConnectionIsNotLentAgainEither() {
            superuser("revoke execute on function set_config from public");

            assertThatThrownBy(() -> scope.unowned("test", () -> jdbc.queryForList("select word from shared")))
                    .isInstanceOf(BindingFailedException.class);

            superuser("grant execute on function set_config to public");
            assertThat(scope.unowned("test", () -> jdbc.queryForList("select word from shared", String.class)))
                    .containsExactly("seen by all");
        }

        private void superuser(String sql) {
            new JdbcTemplate(TestDatabase.superuser()).execute(sql);
        }
    }

    @Nested
    class TheDriversConnection {

        @Test
        void isNotHandedOut() {
            scope.runAs(ALICE, () -> {
                try (Connection connection = dataSource.getConnection()) {
                    connection.setAutoCommit(false);
                    assertThatThrownBy(() -> connection.unwrap(PGConnection.class))
                            .isInstanceOf(SQLException.class);
                    assertThat(connection.isWrapperFor(PGConnection.class)).isFalse();
                    assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
                    try (PreparedStatement statement = connection.prepareStatement("select 1");
                            ResultSet rows = statement.executeQuery();
                            ResultSet tables = connection.getMetaData().getTables(null, null, "notes", null)) {
                        assertThat(rows.getStatement()).isSameAs(statement);
                        assertThat(rows.getStatement().getConnection()).isSameAs(connection);
                        assertThat(tables.getStatement()).isNull();
                    }
                    try (Statement statement = connection.createStatement()) {
                        assertThat(statement.getConnection()).isSameAs(connection);
                    }
                    connection.rollback();
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            assertThatThrownBy(() -> dataSource.unwrap(HikariDataSource.class)).isInstanceOf(SQLException.class);
        }

        @Test
        void isNotReachedThroughWhatIsHandedOut() {
            as(
                    ALICE,
                    () -> jdbc.execute((Connection connection) -> {
                        try (PreparedStatement statement =
                                        connection.prepareStatement("select array['a'], array['b']");
                                ResultSet row = statement.executeQuery()) {
                            row.next();
                            for (Array array : List.of(
                                    row.getArray(1),
                                    (Array) row.getObject(2),
                                    row.getObject(1, Array.class),
                                    connection.createArrayOf("text", new Object[] {"c"}))) {
                                try (ResultSet elements = array.getResultSet()) {
                                    assertThat(elements.getStatement()).isNull();
                                }
                            }
                            assertThat(row.getMetaData().isWrapperFor(Connection.class))
                                    .isFalse();
                            assertThatThrownBy(() -> row.unwrap(PgResultSet.class))
                                    .isInstanceOf(SQLException.class);
                            assertThatThrownBy(() -> statement.unwrap(PGStatement.class))
                                    .isInstanceOf(SQLException.class);
                        }
                        try (CallableStatement call = connection.prepareCall("{? = call upper(?)}")) {
                            assertThat(call.getConnection()).isInstanceOf(BindingConnection.class);
                            assertThat(call.isWrapperFor(PGStatement.class)).isFalse();
                            assertThatThrownBy(() -> call.unwrap(PGStatement.class))
                                    .isInstanceOf(SQLException.class);
                            assertThatThrownBy(() -> call.executeQuery("table notes"))
                                    .isInstanceOf(SQLException.class);
                            assertThatThrownBy(() -> call.addBatch("table notes"))
                                    .isInstanceOf(SQLException.class);
                        }
                        return null;
                    }));
        }

        /** What the driver's own interfaces offer: COPY, notifications, large objects. All begin with its connection. */
        @Test
        void isNotHandedOutForCopyNotificationsOrLargeObjects() {
            as(
                    ALICE,
                    () -> jdbc.execute((Connection connection) -> {
                        for (Class<?> type : List.of(PGConnection.class, BaseConnection.class, PgConnection.class)) {
                            assertThat(type.isInstance(connection)).isFalse();
                            assertThatThrownBy(() -> connection.unwrap(type))
                                    .isInstanceOf(SQLException.class)
                                    .hasMessageContaining("bound to no owner");
                        }
                        return null;
                    }));
            // The driver gives up the connection.
            assertThatThrownBy(() -> as(ALICE, () -> jdbc.execute("copy notes (title) to stdout")))
                    .isNotNull();
            assertThat(titlesOf(BOB)).isEmpty();
        }

        @Test
        void hasNoUpdatableResultSets() {
            assertThatThrownBy(() -> as(
                            ALICE,
                            () -> jdbc.execute((Connection connection) -> connection.createStatement(
                                    ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE))))
                    .rootCause()
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
        }

        @Test
        void takesNoSqlThroughAPreparedStatement() {
            as(
                    ALICE,
                    () -> jdbc.execute((Connection connection) -> {
                        try (PreparedStatement statement = connection.prepareStatement("select 1")) {
                            assertThatThrownBy(
                                            () -> statement.execute("select title from notes", new String[] {"title"}))
                                    .isInstanceOf(SQLException.class);
                        }
                        return null;
                    }));
        }
    }

    @Test
    void sharedTablesWorkForUnownedWork() {
        assertThat(scope.unowned("test", () -> jdbc.queryForList("select word from shared", String.class)))
                .containsExactly("seen by all");
    }

    private void as(Owner owner, Runnable work) {
        as(owner, () -> {
            work.run();
            return null;
        });
    }

    private <T> T as(Owner owner, Supplier<T> work) {
        return scope.runAs(owner, () -> transaction.execute(status -> work.get()));
    }

    private int backend() {
        return as(BOB, () -> jdbc.queryForObject("select pg_backend_pid()", Integer.class));
    }

    private List<String> titlesOf(Owner owner) {
        return as(owner, this::titles);
    }

    private List<String> titles() {
        return jdbc.queryForList("select title from notes where id is distinct from ?", String.class, (Object) null);
    }

    private List<String> rowsByOwner() {
        return new JdbcTemplate(TestDatabase.superuser())
                .queryForList("select owner_id || ' ' || title from notes order by 1", String.class);
    }
}
