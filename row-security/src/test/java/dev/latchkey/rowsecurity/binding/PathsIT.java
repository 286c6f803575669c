package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.PolicyViolationException;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Every way to rows, over one connection that two owners and nobody get in turn, with a failure between. */
class PathsIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private final OwnerScope scope = new OwnerScope(() -> null);
    private final HikariDataSource pool = TestDatabase.pool(1);
    private DataSource dataSource = new BindingDataSource(pool, scope);

    @BeforeAll
    static void define() {
        superuser("""
                create schema paths;
                grant usage on schema paths to notes_app;
                create function paths.all_titles() returns text language sql stable as
                  $$ select string_agg(title, ',') from public.notes $$;
                create function paths.each_title() returns setof text language sql stable as $$ select title from public.notes $$;
                create function paths.open_titles() returns refcursor language plpgsql as
                  $$ declare titles refcursor := 'titles'; begin open titles for select title from public.notes; return titles; end $$;
                create function paths.changed(inout title text) language plpgsql as
                  $$ begin title := title || ' of ' || current_setting('app.user_id'); end $$;
                create procedure paths.add(new_title text) language sql as $$ insert into public.notes (title) values (new_title) $$;
                create procedure paths.add_and_tell(new_title text, inout told text) language plpgsql as
                  $$ begin insert into public.notes (title) values (new_title); told := 'added ' || new_title; end $$;
                create procedure paths.add_and_commit(new_title text) language plpgsql as
                  $$ begin insert into public.notes (title) values (new_title); commit;
                  insert into public.notes (title) values (new_title); end $$;
                create procedure paths.commit_and_read(inout seen bigint) language plpgsql as
                  $$ begin commit; select count(*) into seen from public.notes; end $$;
                create view paths.titles with (security_invoker) as select title from public.notes;
                grant select on paths.titles to notes_app
                """);
    }

    @AfterAll
    static void drop() {
        superuser("drop schema paths cascade");
    }

    @BeforeEach
    void empty() {
        TestDatabase.deleteAllNotes();
    }

    @AfterEach
    void disconnect() {
        TestDatabase.deleteAllNotes();
        pool.close();
    }

    static Stream<Arguments> reads() {
        String sql = "select title from notes";
        String withParameter = "select title from notes where title <> ?";
        return Stream.of(
                read("query", jdbc -> jdbc.queryForList(withParameter, String.class, "x")),
                read("plain query", jdbc -> jdbc.queryForList(sql, String.class)),
                read("view", jdbc -> jdbc.queryForList("select title from paths.titles", String.class)),
                read(
                        "CTE",
                        jdbc -> jdbc.queryForList(
                                "with t as materialized (table notes) select title from t", String.class)),
                read("row set", jdbc -> {
                    List<String> titles = new ArrayList<>();
                    var rows = jdbc.queryForRowSet(withParameter, "x");
                    while (rows.next()) {
                        titles.add(rows.getString(1));
                    }
                    return titles;
                }),
                read("queryForStream", jdbc -> {
                    try (Stream<String> titles = jdbc.queryForStream(sql, (row, i) -> row.getString(1))) {
                        return titles.toList();
                    }
                }),
                read("queryForStream in portions", jdbc -> {
                    jdbc.setFetchSize(1);
                    try (Stream<String> titles =
                            jdbc.queryForStream(withParameter, (row, i) -> row.getString(1), "x")) {
                        return titles.toList();
                    }
                }),
                read("JdbcClient", jdbc -> {
                    try (Stream<String> titles = JdbcClient.create(jdbc)
                            .sql("select title from notes where title <> :not")
                            .param("not", "x")
                            .query(String.class)
                            .stream()) {
                        return titles.toList();
                    }
                }),
                read("scrollable", onConnection(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(
                            sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
                        return titles(statement.executeQuery());
                    }
                })),
                read("held over commit", onConnection(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(
                            sql,
                            ResultSet.TYPE_FORWARD_ONLY,
                            ResultSet.CONCUR_READ_ONLY,
                            ResultSet.HOLD_CURSORS_OVER_COMMIT)) {
                        return titles(statement.executeQuery());
                    }
                })),
                read("cursor of SQL", onConnection(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("declare c cursor for select title from notes");
                        return titles(statement.executeQuery("fetch all in c"));
                    }
                })),
                read("several statements in one", onConnection(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("select 1; select title from notes");
                        assertThat(statement.getMoreResults()).isTrue();
                        return titles(statement.getResultSet());
                    }
                })),
                read("array", onConnection(connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet row =
                                    statement.executeQuery("select coalesce(array_agg(title), '{}') from notes")) {
                        row.next();
                        return List.of((String[]) row.getArray(1).getArray());
                    }
                })),
                read("function, called", onConnection(connection -> {
                    try (CallableStatement call = connection.prepareCall("{? = call paths.all_titles()}")) {
                        call.registerOutParameter(1, Types.VARCHAR);
                        call.execute();
                        return call.getString(1) == null ? List.of() : List.of(call.getString(1));
                    }
                })),
                read("function with rows, called", onConnection(connection -> {
                    try (CallableStatement call = connection.prepareCall("{call paths.each_title()}")) {
                        return titles(call.executeQuery());
                    }
                })),
                read("function with a cursor, called", onConnection(connection -> {
                    try (CallableStatement call = connection.prepareCall("{? = call paths.open_titles()}")) {
                        call.registerOutParameter(1, Types.REF_CURSOR);
                        call.execute();
                        return titles((ResultSet) call.getObject(1));
                    }
                })),
                read("function with a cursor, selected", onConnection(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement("select paths.open_titles()");
                            ResultSet row = statement.executeQuery()) {
                        row.next();
                        return titles((ResultSet) row.getObject(1));
                    }
                })));
    }

    static Stream<Arguments> writes() {
        String sql = "insert into notes (title) values (?)";
        return Stream.of(
                write("procedure", (jdbc, title) -> jdbc.update("call paths.add(?)", title)),
                write(
                        "procedure, called",
                        (jdbc, title) -> onConnection(connection -> {
                                    try (CallableStatement call = connection.prepareCall("call paths.add(?)")) {
                                        call.setString(1, title);
                                        call.execute();
                                        return List.of();
                                    }
                                })
                                .of(jdbc)),
                write(
                        "procedure with INOUT, called",
                        (jdbc, title) -> onConnection(connection -> {
                                    try (CallableStatement call =
                                            connection.prepareCall("call paths.add_and_tell(?, ?)")) {
                                        call.setString(1, title);
                                        call.setString(2, "");
                                        call.registerOutParameter(2, Types.VARCHAR);
                                        call.execute();
                                        assertThat(call.getString(2)).isEqualTo("added " + title);
                                        return List.of();
                                    }
                                })
                                .of(jdbc)),
                write(
                        "batch of calls",
                        (jdbc, title) -> onConnection(connection -> {
                                    try (CallableStatement call = connection.prepareCall("call paths.add(?)")) {
                                        call.setString(1, title);
                                        call.addBatch();
                                        call.setString(1, title);
                                        call.addBatch();
                                        call.executeBatch();
                                        return List.of();
                                    }
                                })
                                .of(jdbc)),
                write(
                        "DO",
                        (jdbc, title) ->
                                jdbc.execute("do $$ begin insert into notes (title) values ('" + title + "'); end $$")),
                write(
                        "writing CTE",
                        (jdbc, title) -> jdbc.queryForList(
                                "with w as (insert into notes (title) values (?) returning title) select * from w",
                                title)),
                write("insert … select", (jdbc, title) -> jdbc.update("insert into notes (title) select ?", title)),
                write(
                        "insert … returning, plain",
                        (jdbc, title) ->
                                jdbc.queryForList("insert into notes (title) values ('" + title + "') returning id")),
                write(
                        "upsert",
                        (jdbc, title) -> jdbc.update(
                                "insert into notes (id, title) values (gen_random_uuid(), ?) on conflict do nothing",
                                title)),
                write(
                        "merge",
                        (jdbc, title) -> jdbc.update(
                                "merge into notes n using (select ?::text as title) s on n.title = s.title and false"
                                        + " when not matched then insert (title) values (s.title)",
                                title)),
                write(
                        "SimpleJdbcInsert",
                        (jdbc, title) -> new SimpleJdbcInsert(jdbc)
                                .withTableName("notes")
                                .usingColumns("title")
                                .execute(Map.of("title", title))),
                write(
                        "SimpleJdbcInsert with its key",
                        (jdbc, title) -> assertThat(new SimpleJdbcInsert(jdbc)
                                        .withTableName("notes")
                                        .usingColumns("title")
                                        .usingGeneratedKeyColumns("id")
                                        .executeAndReturnKeyHolder(Map.of("title", title))
                                        .getKeys())
                                .containsKey("id")),
                write("batch with keys", (jdbc, title) -> {
                    GeneratedKeyHolder keys = new GeneratedKeyHolder();
                    new NamedParameterJdbcTemplate(jdbc)
                            .batchUpdate(
                                    "insert into notes (title) values (:title)",
                                    new SqlParameterSource[] {
                                        new MapSqlParameterSource("title", title),
                                        new MapSqlParameterSource("title", title)
                                    },
                                    keys);
                    assertThat(keys.getKeyList()).hasSize(2);
                }),
                write(
                        "large update",
                        (jdbc, title) -> onConnection(connection -> {
                                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                                        statement.setString(1, title);
                                        assertThat(statement.executeLargeUpdate())
                                                .isEqualTo(1);
                                        return List.of();
                                    }
                                })
                                .of(jdbc)),
                write(
                        "array as a parameter",
                        (jdbc, title) -> onConnection(connection -> {
                                    try (PreparedStatement statement =
                                            connection.prepareStatement("insert into notes (title) select unnest(?)")) {
                                        statement.setArray(1, connection.createArrayOf("text", new Object[] {title}));
                                        statement.executeUpdate();
                                        return List.of();
                                    }
                                })
                                .of(jdbc)));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void givenOwnersInTurnAndAFailureBetweenThenEachReadsTheirOwn(Read read) {
        doAs(ALICE, jdbc -> jdbc.update("insert into notes (title) values ('alices')"));
        assertThat(readAs(ALICE, read)).containsExactly("alices");
        assertThatThrownBy(() -> readAs(ALICE, jdbc -> {
                    assertThat(read.of(jdbc)).containsExactly("alices");
                    return jdbc.queryForList("select * from nowhere", String.class);
                }))
                .hasStackTraceContaining("nowhere");
        assertThat(readAs(BOB, read)).isEmpty();
        doAs(BOB, jdbc -> jdbc.update("insert into notes (title) values ('bobs')"));
        for (int run = 0; run < 7; run++) {
            assertThat(readAs(BOB, read)).containsExactly("bobs");
            assertThat(readAs(ALICE, read)).containsExactly("alices");
        }
        assertThat(scope.<List<String>>unowned("test", () -> transaction().execute(status -> read.of(jdbc()))))
                .isEmpty();
        assertThatThrownBy(() -> transaction().execute(status -> read.of(jdbc())))
                .isInstanceOf(UnboundException.class);
        assertThatThrownBy(() -> scope.runAs(ALICE, () -> read.of(jdbc()))).isInstanceOf(UnboundException.class);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void givenOwnersInTurnAndAFailureBetweenThenEachWritesTheirOwn(Write write) {
        doAs(ALICE, jdbc -> write.of(jdbc, "alices"));
        assertThatThrownBy(() -> doAs(ALICE, jdbc -> {
                    write.of(jdbc, "never committed");
                    jdbc.queryForList("select * from nowhere");
                }))
                .hasStackTraceContaining("nowhere");
        doAs(BOB, jdbc -> write.of(jdbc, "bobs"));
        assertThatThrownBy(() -> scope.unowned(
                        "test", () -> transaction().executeWithoutResult(status -> write.of(jdbc(), "nobodys"))))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageNotContaining("nobodys");
        assertThatThrownBy(() -> transaction().executeWithoutResult(status -> write.of(jdbc(), "nobodys")))
                .isInstanceOf(UnboundException.class);
        assertThatThrownBy(() -> scope.runAs(ALICE, () -> write.of(jdbc(), "alices")))
                .isInstanceOf(UnboundException.class);
        assertThat(rows()).containsOnly("alice alices", "bob bobs");
    }

    @Nested
    class GivenAProcedureThatCommits {

        @Test
        void whenAnOwnerCallsItThenPostgresRefuses() {
            for (String call : List.of("call paths.add_and_commit(?)", "call paths.add_and_commit(?) ")) {
                assertThatThrownBy(() -> doAs(ALICE, jdbc -> jdbc.update(call, "alices")))
                        .hasStackTraceContaining("invalid transaction termination");
            }
            assertThatThrownBy(() -> readAs(ALICE, onConnection(connection -> {
                        try (CallableStatement call = connection.prepareCall("call paths.add_and_commit(?)")) {
                            call.setString(1, "alices");
                            call.execute();
                            return List.of();
                        }
                    })))
                    .hasStackTraceContaining("invalid transaction termination");
            assertThat(rows()).isEmpty();
        }

        @Test
        void whenUnownedWorkCallsItOutsideOfATransactionThenPostgresRefusesToo() {
            doAs(ALICE, jdbc -> jdbc.update("insert into notes (title) values ('alices')"));
            assertThatThrownBy(() -> scope.unowned(
                            "test", () -> jdbc().queryForObject("call paths.commit_and_read(?)", Long.class, 1L)))
                    .hasStackTraceContaining("invalid transaction termination");
        }
    }

    @Nested
    class GivenADataSourceOfAnotherKind {

        @Test
        void whenLazyThenBound() {
            dataSource = new BindingDataSource(new LazyConnectionDataSourceProxy(pool), scope);
            assertBound();
            dataSource = new LazyConnectionDataSourceProxy(new BindingDataSource(pool, scope));
            assertBound();
            dataSource = new BindingDataSource(dataSource, scope);
            assertBound();
        }

        @Test
        void whenItRoutesThenBound() {
            AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
                @Override
                protected Object determineCurrentLookupKey() {
                    return "only";
                }
            };
            routing.setTargetDataSources(Map.of("only", pool));
            routing.afterPropertiesSet();
            dataSource = new BindingDataSource(routing, scope);
            assertBound();
            routing.setTargetDataSources(Map.of("only", new BindingDataSource(pool, scope)));
            routing.initialize();
            assertBound();
        }

        @Test
        void whenItKnowsSpringsTransactionsThenBound() {
            dataSource = new BindingDataSource(new TransactionAwareDataSourceProxy(pool), scope);
            assertBound();
            BindingDataSource bound = new BindingDataSource(pool, scope);
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(bound));
            JdbcTemplate aware = new JdbcTemplate(new TransactionAwareDataSourceProxy(bound));
            scope.runAs(
                    ALICE,
                    () -> transaction.executeWithoutResult(
                            status -> aware.update("insert into notes (title) values ('alices')")));
            scope.runAs(
                    BOB,
                    () -> transaction.executeWithoutResult(
                            status -> assertThat(aware.queryForList("select title from notes"))
                                    .isEmpty()));
        }

        private void assertBound() {
            TestDatabase.deleteAllNotes();
            doAs(ALICE, jdbc -> jdbc.update("insert into notes (title) values ('alices')"));
            assertThatThrownBy(() -> doAs(ALICE, jdbc -> jdbc.update("insert into nowhere values (1)")))
                    .hasStackTraceContaining("nowhere");
            assertThat(readAs(BOB, jdbc -> jdbc.queryForList("select title from notes", String.class)))
                    .isEmpty();
            assertThatThrownBy(() -> jdbc().queryForList("select title from notes"))
                    .isInstanceOf(UnboundException.class);
            assertThat(rows()).containsExactly("alice alices");
        }
    }

    @Test
    void givenAReaderWithAConnectionOfItsOwnThenItNeedsATransactionToo() throws SQLException {
        doAs(ALICE, jdbc -> jdbc.update("insert into notes (title) values ('alices')"));
        // As Spring Batch's JdbcCursorItemReader reads: a connection of its own, outside of the step's transaction.
        try (Connection own = dataSource.getConnection();
                PreparedStatement statement = own.prepareStatement(
                        "select title from notes", ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(10);
            assertThatThrownBy(() -> scope.runAs(ALICE, () -> titlesOf(statement)))
                    .isInstanceOf(UnboundException.class)
                    .hasMessageContaining("@Transactional");
            assertThat(scope.<List<String>>unowned("test", () -> titlesOf(statement)))
                    .isEmpty();
            own.setAutoCommit(false);
            assertThat(scope.<List<String>>runAs(ALICE, () -> titlesOf(statement)))
                    .containsExactly("alices");
            own.commit();
            assertThat(scope.<List<String>>runAs(BOB, () -> titlesOf(statement)))
                    .isEmpty();
            own.rollback();
        }
    }

    @Test
    void givenTheOnlyConnectionInUseWhenANewTransactionWantsOneThenItTimesOutAndTheOuterOneGoesOn() {
        TransactionTemplate inner = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        TransactionTemplate outer = new TransactionTemplate(inner.getTransactionManager());
        JdbcTemplate jdbc = jdbc();
        scope.runAs(
                ALICE,
                () -> outer.executeWithoutResult(status -> {
                    jdbc.update("insert into notes (title) values ('alices')");
                    assertThatThrownBy(() ->
                                    scope.runAs(BOB, () -> inner.execute(nested -> jdbc.queryForList("table notes"))))
                            .hasStackTraceContaining("request timed out");
                    jdbc.update("insert into notes (title) values ('alices')");
                }));
        assertThat(rows()).containsExactly("alice alices", "alice alices");
    }

    private static List<String> titlesOf(PreparedStatement statement) {
        try {
            return titles(statement.executeQuery());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> titles(ResultSet rows) throws SQLException {
        List<String> titles = new ArrayList<>();
        try (rows) {
            assertThat(rows).isInstanceOf(BindingResultSet.class);
            while (rows.next()) {
                titles.add(rows.getString(1));
            }
        }
        return titles;
    }

    private static Read onConnection(ConnectionCallback<List<String>> read) {
        return jdbc -> jdbc.execute(read);
    }

    private static Arguments read(String name, Read read) {
        return Arguments.argumentSet(name, read);
    }

    private static Arguments write(String name, Write write) {
        return Arguments.argumentSet(name, write);
    }

    private JdbcTemplate jdbc() {
        return new JdbcTemplate(dataSource);
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    private List<String> readAs(Owner owner, Read read) {
        return scope.runAs(owner, () -> transaction().execute(status -> read.of(jdbc())));
    }

    private void doAs(Owner owner, Consumer<JdbcTemplate> work) {
        scope.runAs(owner, () -> transaction().executeWithoutResult(status -> work.accept(jdbc())));
    }

    private static List<String> rows() {
        return new JdbcTemplate(TestDatabase.superuser())
                .queryForList("select owner_id || ' ' || title from notes order by 1", String.class);
    }

    private static void superuser(String sql) {
        new JdbcTemplate(TestDatabase.superuser()).execute(sql);
    }

    @FunctionalInterface
    private interface Read {
        List<String> of(JdbcTemplate jdbc);
    }

    @FunctionalInterface
    private interface Write {
        void of(JdbcTemplate jdbc, String title);
    }
}
