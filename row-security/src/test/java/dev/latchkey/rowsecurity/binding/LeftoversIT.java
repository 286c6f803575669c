package dev.latchkey.rowsecurity.binding;

import static dev.latchkey.rowsecurity.testing.CountingSocketFactory.roundTripsOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.testing.CountingSocketFactory;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What one owner leaves on the session of a pool's only connection. */
class LeftoversIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private static final String TEMPORARY = "select pg_my_temp_schema() <> 0 and exists"
            + " (select from pg_class where relnamespace = pg_my_temp_schema())";
    private static final String SEARCH_PATH = "select current_setting('search_path') = 'elsewhere'";
    private static final String SETTING = "select current_setting('my.tenant', true) = 'left'";
    private static final String LOCKED =
            "select exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())";
    private static final String LISTENING = "select exists (select from pg_listening_channels())";
    private static final String PREPARED = "select exists (select from pg_prepared_statements where from_sql)";
    private static final String CURSOR = "select exists (select from pg_cursors where is_holdable)";

    private final OwnerScope scope = new OwnerScope(() -> null);
    private final HikariDataSource pool =
            TestDatabase.pool(1, Map.of("socketFactory", CountingSocketFactory.class.getName()));
    private DataSource dataSource = new BindingDataSource(pool, scope);

    @BeforeAll
    static void defineWhatAnApplicationMayHave() {
        superuser("""
                create schema leftovers;
                grant usage on schema leftovers to notes_app;
                alter role notes_app in database postgres set search_path = public, leftovers;
                create function leftovers.plain() returns int language sql as 'select 1';
                create function leftovers.set_tenant() returns text language sql as $$ select set_config('my.tenant', 'left', false) $$;
                create function leftovers.sets_tenant_indirectly() returns text language plpgsql as
                  $$ begin return leftovers.set_tenant(); end $$;
                create function leftovers.tenant_by_set() returns int language plpgsql as
                  $$ begin update leftovers.parent set id = id where id = 0; set my.tenant = 'left'; return 1; end $$;
                create function leftovers.tenant_by_text() returns int language plpgsql as
                  $$ begin execute format('set %s = %L', 'my.tenant', 'left'); return 1; end $$;
                create function leftovers.tenant_until_commit() returns text language sql as
                  $$ select set_config('my.tenant', 'left', true) $$;
                create function leftovers.path_by_text(path text) returns int language plpgsql as
                  $$ begin execute 'set ' || 'search_path = "' || path || '"'; return 1; end $$;
                create procedure leftovers.make_table() language plpgsql as
                  $$ begin create temporary table if not exists made_by_procedure (a int); end $$;
                create function leftovers.lock_on_write() returns trigger language plpgsql as
                  $$ begin perform pg_advisory_lock(4711); return new; end $$;
                create table leftovers.watched (id int);
                create trigger locks before insert on leftovers.watched for each row execute function leftovers.lock_on_write();
                create view leftovers.tenant_view as select leftovers.set_tenant() as tenant;
                create table leftovers.defaulted (id int, tenant text default leftovers.set_tenant());
                create table leftovers.parent (id int primary key);
                create table leftovers.child (id int primary key, parent int references leftovers.parent on delete cascade);
                create trigger locks before delete on leftovers.child for each row execute function leftovers.lock_on_write();
                create table leftovers.many (id int) partition by range (id);
                create table leftovers.few partition of leftovers.many for values from (0) to (10);
                create trigger locks before insert on leftovers.few for each row execute function leftovers.lock_on_write();
                create table leftovers.quiet (id int);
                create sequence leftovers.numbers;
                grant select, insert, update, delete on all tables in schema leftovers to notes_app;
                grant usage on all sequences in schema leftovers to notes_app
                """);
    }

    @AfterAll
    static void drop() {
        superuser("drop schema leftovers cascade; alter role notes_app in database postgres reset search_path");
    }

    @BeforeEach
    void fill() {
        superuser("insert into leftovers.parent values (0) on conflict do nothing;"
                + " insert into leftovers.child values (0, 0) on conflict do nothing");
    }

    @AfterEach
    void disconnect() {
        pool.close();
        TestDatabase.deleteAllNotes();
    }

    static Stream<Arguments> leftovers() {
        return Stream.of(
                left("set", "set my.tenant = 'left'", SETTING),
                left("set of two", "select 1; /* and */ set session search_path to elsewhere", SEARCH_PATH),
                left("set_config", "select set_config('search_path', 'elsewhere', false)", SEARCH_PATH),
                left(
                        "set_config in a CTE",
                        "with x as (select set_config('my.tenant','left', 1 > 2)) table x",
                        SETTING),
                left("DO", "do $$ begin perform set_config('my.tenant', 'left', false); end $$", SETTING),
                left("DO with SET", "do $$ begin set my.tenant to 'left'; end $$", SETTING),
                left(
                        "DO that builds SQL",
                        "do $$ begin execute 'set search_path' || ' = elsewhere'; end $$",
                        SEARCH_PATH),
                left("DO that calls", "do $$ begin perform sets_tenant_indirectly(); end $$", SETTING),
                left("function", "select set_tenant()", SETTING),
                left("function, quoted", "select \"leftovers\".\"set_tenant\" ()", SETTING),
                left("function that calls another", "select sets_tenant_indirectly()", SETTING),
                left("function with SET", "select tenant_by_set()", SETTING),
                left("function that runs text", "select tenant_by_text()", SETTING),
                left("function that builds SQL", "select path_by_text('elsewhere')", SEARCH_PATH),
                left("view", "select * from tenant_view", SETTING),
                left("default", "insert into defaulted (id) values (1)", SETTING),
                left("trigger", "insert into watched values (1)", LOCKED),
                left("trigger of a partition", "insert into many values (1)", LOCKED),
                left("trigger behind a cascade", "delete from parent where id = 0", LOCKED),
                left("procedure", "call make_table()", TEMPORARY),
                left("create temporary table", "create temporary table kept (a int)", TEMPORARY),
                left("create temp table as", "create /* */ temp table kept as select 1 as a", TEMPORARY),
                left("select into temporary", "select 1 as a into temporary kept", TEMPORARY),
                left("pg_temp", "create table pg_temp.kept (a int)", TEMPORARY),
                left("temporary view", "create or replace temp view kept as select 1 as a", TEMPORARY),
                left("advisory lock", "select pg_advisory_lock(4711)", LOCKED),
                left("advisory lock in a CTE", "with x as (select pg_try_advisory_lock(1)) select * from x", LOCKED),
                left("shared advisory lock", "select pg_try_advisory_lock_shared(4711)", LOCKED),
                left("listen", "listen news", LISTENING),
                left("prepare", "prepare kept as select title from notes", PREPARED),
                left("behind a comment that a carriage return ends", "-- x\rlisten news", LISTENING),
                left("between names", "select 1 as \"it's\", pg_advisory_lock(4711) as \"isn't\"", LOCKED),
                left("quoted without blanks", "select 1 where true and\"set_tenant\"()is null", SETTING),
                left(
                        "update of pg_settings",
                        "update pg_settings set setting = '3333' where name = 'work_mem'",
                        "select current_setting('work_mem') = '3333kB'"),
                left("cursor", "declare kept cursor with hold for select title from notes", CURSOR),
                left("random seed", "select setseed(0.5)", "select random() = " + firstRandomNumberOfSeed()));
    }

    private static Arguments left(String name, String sql, String seen) {
        return Arguments.argumentSet(name, sql, seen);
    }

    private static double firstRandomNumberOfSeed() {
        return new JdbcTemplate(TestDatabase.superuser()).execute((Connection connection) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select setseed(0.5)");
                try (ResultSet number = statement.executeQuery("select random()")) {
                    number.next();
                    return number.getDouble(1);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("leftovers")
    void givenALeftoverThenItIsGoneBeforeTheConnectionIsLentAgain(String sql, String seen) {
        int backend = backend();
        run(ALICE, sql);
        assertThat(isTrue(BOB, seen)).isFalse();
        assertThat(backend()).isNotEqualTo(backend);
    }

    @ParameterizedTest
    @MethodSource("leftovers")
    void givenThatTheSameWasSeenBeforeThenItIsGoneAgain(String sql, String seen) {
        runPrepared(BOB, sql);
        run(BOB, "insert into parent values (0) on conflict do nothing");
        run(BOB, "insert into child values (0, 0) on conflict do nothing");
        int backend = backend();
        runPrepared(ALICE, sql);
        assertThat(isTrue(BOB, seen)).isFalse();
        assertThat(backend()).isNotEqualTo(backend);
    }

    @ParameterizedTest
    @MethodSource("leftovers")
    void givenNoBinderThenItIsThereForTheNext(String sql, String seen) {
        dataSource = pool;
        run(ALICE, sql);
        assertThat(isTrue(BOB, seen)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("leftovers")
    void givenAPoolOfAnotherMakeThenItIsGoneToo(String sql, String seen) throws SQLException {
        try (BasicDataSource other = new BasicDataSource()) {
            other.setUrl(TestDatabase.url());
            other.setMaxTotal(1);
            dataSource = new BindingDataSource(other, scope);
            int backend = backend();
            run(ALICE, sql);
            assertThat(isTrue(BOB, seen)).isFalse();
            assertThat(backend()).isNotEqualTo(backend);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select title from notes where title = 'set my.tenant = 1; listen x; create temp table t'",
                "insert into quiet (id) values (1), (2), (3)",
                "update quiet set id = 3 where id = 2",
                "insert into notes (title) values ('a') on conflict do nothing",
                "select set_config('work_mem', '8MB', true)",
                "set local statement_timeout = '10s'",
                "select pg_advisory_xact_lock(1)",
                "declare closed cursor for select title from notes",
                "with temp as (select 1) select * from temp",
                "select plain()",
                "select tenant_until_commit()",
                "select nextval('numbers')",
                "do $$ begin perform plain(); end $$"
            })
    void givenACleanStatementThenItCostsNothingNotEvenTheFirstTime(String sql) {
        int backend = backend();
        assertThat(roundTripsOf(() -> run(ALICE, sql))).isEqualTo(2);
        assertThat(roundTripsOf(() -> run(ALICE, sql))).isEqualTo(2);
        assertThat(roundTripsOf(() -> runPrepared(ALICE, sql))).isEqualTo(2);
        assertThat(backend()).isEqualTo(backend);
    }

    @Test
    void givenStatementsThatDifferInTheirValuesThenWhatIsLearntHoldsForAll() {
        run(ALICE, "insert into quiet (id) values (1), (2)");
        assertThat(roundTripsOf(() -> run(ALICE, "select 1; insert into quiet (id) values (1), (2), (3), (14)")))
                .isEqualTo(2);
        run(ALICE, "select set_config('work_mem', '8MB', true)");
        int backend = backend();
        run(ALICE, "select set_config('my.tenant', 'left', false)");
        assertThat(backend()).isNotEqualTo(backend);
    }

    @Test
    void givenSomethingThatIsTakenBackThenTheConnectionStays() {
        int backend = backend();
        run(ALICE, "create temporary table kept (a int) on commit drop");
        run(ALICE, "select pg_advisory_lock(1); select pg_advisory_unlock(1)");
        run(ALICE, "listen news; unlisten news");
        run(ALICE, "prepare kept as select 1; deallocate kept");
        assertThat(backend()).isEqualTo(backend);
    }

    @Test
    void givenADefinitionThatComesLaterThenItIsKnownToTheNextNewStatement() {
        run(ALICE, "insert into quiet (id) values (1)");
        superuser(
                "create trigger locks before insert on leftovers.quiet for each row execute function leftovers.lock_on_write()");
        try {
            int backend = backend();
            run(ALICE, "insert into quiet (id) select 1");
            assertThat(backend()).isNotEqualTo(backend);
            int next = backend();
            run(ALICE, "insert into quiet (id) values (1)");
            assertThat(backend()).isNotEqualTo(next);
        } finally {
            superuser("drop trigger locks on leftovers.quiet");
        }
    }

    @Test
    void givenSettingsOfThePoolItselfThenTheyStay() throws SQLException {
        try (BasicDataSource initialised = new BasicDataSource()) {
            initialised.setUrl(TestDatabase.url());
            initialised.setMaxTotal(1);
            initialised.setConnectionInitSqls(List.of("set my.tenant = 'ours'", "set work_mem = '7MB'"));
            dataSource = new BindingDataSource(initialised, scope);
            String seen = "select current_setting('my.tenant') = 'ours' and current_setting('work_mem') = '7MB'";
            int backend = backend();
            run(ALICE, "do $$ begin execute 'select 1'; end $$");
            assertThat(backend()).isEqualTo(backend);
            run(ALICE, "set work_mem = '9MB'");
            assertThat(isTrue(BOB, seen)).isTrue();
        }
    }

    @Test
    void givenWhatJdbcSetsAndNoPoolResetsThenTheConnectionIsNotLentAgain() {
        for (ConnectionCallback<Void> change : List.<ConnectionCallback<Void>>of(
                connection -> {
                    connection.setSchema("leftovers");
                    return null;
                },
                connection -> {
                    connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
                    return null;
                },
                connection -> {
                    connection.setTypeMap(Map.of("notes", String.class));
                    return null;
                },
                connection -> {
                    connection.setClientInfo("ApplicationName", "alices");
                    return null;
                })) {
            int backend = backend();
            scope.runAs(ALICE, () -> transaction().execute(status -> new JdbcTemplate(dataSource).execute(change)));
            assertThat(backend()).isNotEqualTo(backend);
        }
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    private void run(Owner owner, String sql) {
        scope.runAs(
                owner, () -> transaction().executeWithoutResult(status -> new JdbcTemplate(dataSource).execute(sql)));
    }

    private void runPrepared(Owner owner, String sql) {
        scope.runAs(
                owner,
                () -> transaction()
                        .execute(status -> new JdbcTemplate(dataSource)
                                .execute(sql, (PreparedStatement statement) -> statement.execute())));
    }

    private boolean isTrue(Owner owner, String sql) {
        return Boolean.TRUE.equals(ask(owner, sql, Boolean.class));
    }

    private int backend() {
        return ask(BOB, "select pg_backend_pid()", Integer.class);
    }

    private <T> T ask(Owner owner, String sql, Class<T> type) {
        return scope.runAs(
                owner, () -> transaction().execute(status -> new JdbcTemplate(dataSource).queryForObject(sql, type)));
    }

    private static void superuser(String sql) {
        new JdbcTemplate(TestDatabase.superuser()).execute(sql);
    }
}
