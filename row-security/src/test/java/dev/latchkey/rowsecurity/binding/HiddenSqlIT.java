package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerChangedException;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** SQL that would change the binding or end the transaction, written in the ways that Postgres understands; and SQL that only looks like it. */
class HiddenSqlIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private final OwnerScope scope = new OwnerScope(() -> null);
    private final HikariDataSource pool = TestDatabase.pool(1);
    private final BindingDataSource dataSource = new BindingDataSource(pool, scope);
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));

    @BeforeEach
    void fill() {
        TestDatabase.deleteAllNotes();
        as(BOB, () -> jdbc.update("insert into notes (title) values ('bobs')"));
    }

    @AfterEach
    void disconnect() {
        pool.close();
        TestDatabase.deleteAllNotes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- a comment ends here\rset local app.user_id = 'bob'",
                "/* a /* b */ ' */ set local app.user_id = 'bob'",
                "set\"app\".user_id = 'bob'",
                "set local\"app\".\"user_id\" = 'bob'",
                "select 1; set /* */ local -- \n app . user_id to bob",
                "do $$ begin set local app.user_id = 'bob'; end $$",
                "do $$ begin if true then set local \"app\".user_id to 'bob'; end if; end $$",
                "do $$ begin execute 'set local app.user_id = ''bob'''; end $$",
                "do $x$ begin execute $y$ set local app.user_id = 'bob' $y$; end $x$",
                "do 'begin set local app.user_id = ''bob''; end'",
                "do $$ begin execute 'select set_config(''app.user_id'', ''bob'', true)'; end $$",
                "do $$ begin execute 'reset role'; end $$",
                "do $$ begin set local role notes_app; end $$",
                "prepare p as select set_config('app.user_id', 'bob', true)",
                "prepare p (text) as select set_config($1, 'bob', true)",
                "select \"set_config\"('app.user_id', 'bob', true)",
                "select pg_catalog . \"set_config\" /* */ ( /* */ 'app.user_id', 'bob', true)",
                "select set_config(e'app.user\\137id', 'bob', true)",
                "select set_config(U&'app.user\\005fid', 'bob', true)",
                "select U&\"set\\005fconfig\"('app.user_id', 'bob', true)",
                "select set_config('app.'\n'user_id', 'bob', true)",
                "select set_config($$app.user_id$$, 'bob', true)",
                "select set_config(setting_name => 'app.user_id', new_value => 'bob', is_local => true)",
                "select set_config('APP.USER_ID', 'bob', true)",
                "update notes set title = set_config('app.user_id', 'bob', true)",
                "do $$ begin execute format('set local %I = %L', 'app.user_id', 'bob'); end $$",
                "do $$ begin execute 'set local ' || 'app.user_id = bob'; end $$",
                "create function pg_temp.become() returns text language sql as $$ select set_config('app.user_id', 'bob', true) $$"
            })
    void givenAnotherBindingThenItIsRefusedAndTheTransactionGoesOn(String sql) {
        assertRefused(sql, OwnerChangedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- a comment ends here\rcommit",
                "commit and chain",
                "rollback and no chain",
                "start transaction read only",
                "savepoint\"a\"",
                "release\"a\"",
                "select ';' as \"it's\"; commit; select ';' as \"isn't\"",
                "select $$ ; $$; commit -- $$",
                "prepare transaction'x'",
                "commit prepared 'x'",
                "rollback prepared 'x'"
            })
    void givenTheEndOfTheTransactionThenItIsRefusedAndTheTransactionGoesOn(String sql) {
        assertRefused(sql, UnboundException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{call set_config('app.user_id', 'bob', true)}",
                "{? = call set_config('app.user_id', 'bob', true)}"
            })
    void givenAnotherBindingAsACallThenItIsRefused(String call) {
        as(
                ALICE,
                () -> jdbc.execute(connection -> connection.prepareCall(call), (CallableStatement statement) -> {
                    assertThatThrownBy(statement::execute).isInstanceOf(OwnerChangedException.class);
                    return null;
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set local statement_timeout = '5s'",
                "set local lock_timeout to 1000",
                "set constraints all deferred",
                "select set_config('my.setting', 'x', true)",
                "select pg_catalog.set_config('my.setting', title, true) from notes",
                "select pg_advisory_xact_lock(4711)",
                "create temp table kept on commit drop as select 1 as a",
                "create temporary table scratch (a int) on commit delete rows",
                "select * from notes for update skip locked",
                "lock table notes in row exclusive mode",
                "listen news",
                "notify news, 'set app.user_id'",
                "insert into notes (title) values ('set app.user_id = 1; commit')",
                "insert into notes (title) values ('do $$ begin set local app.user_id = 1; end $$')",
                "insert into notes (title) values ($$it's; set role; select set_config('app.user_id', '', true)$$)",
                "insert into notes (title) values ('select set_config(''app.user_id'', ''x'', true)')",
                "select title from notes -- not by set_config",
                "select proname from pg_proc where proname = 'set_config'",
                "update notes set title = 'role' where title = 'reset all'",
                "select case when true then reset else 1 end from (select 1 as reset) r",
                "with role as (select 1 as begin) select * from role",
                "select title as \"commit; set role x\" from notes",
                "select 1 as \"it's\", 2 as \"set_config\"",
                "do $$ declare role text; begin role := 'x'; update notes set title = role; end $$",
                "do $$ begin execute 'update notes set title = ''set app.user_id'''; end $$",
                "alter table scratch_of_the_application rename to x; select 1",
                "explain (costs off) select title from notes",
                "declare c cursor for select title from notes; fetch all in c; close c",
                "prepare p (text) as select title from notes where title = $1; execute p('a'); deallocate p",
                "insert into notes (title) values ('a') on conflict do nothing returning id",
                "merge into notes n using (select 'x' as t) s on n.title = s.t when not matched then insert (title) values (s.t)",
                "show app.user_id",
                "select current_setting('app.user_id')"
            })
    void givenWhatAnApplicationMaySayThenItIsLetThrough(String sql) {
        as(ALICE, () -> {
            if (sql.startsWith("alter table")) {
                jdbc.execute("create temp table scratch_of_the_application (a int)");
            }
            jdbc.execute(sql);
        });
        as(ALICE, () -> {
            if (sql.startsWith("alter table")) {
                jdbc.execute("create temp table scratch_of_the_application (a int)");
            }
            jdbc.execute(sql, (PreparedStatement statement) -> statement.execute());
        });
    }

    private void assertRefused(String sql, Class<? extends RuntimeException> refusal) {
        as(ALICE, () -> {
            jdbc.update("insert into notes (title) values (?)", "alices");
            assertThatThrownBy(() -> jdbc.execute(sql)).isInstanceOf(refusal);
            assertThatThrownBy(() -> jdbc.update(sql + " ")).isInstanceOf(refusal);
            assertThatThrownBy(() -> jdbc.execute(sql, (PreparedStatement statement) -> statement.execute()))
                    .isInstanceOf(refusal);
            assertThatThrownBy(() -> jdbc.batchUpdate("select 1", sql)).isInstanceOf(refusal);
            assertThat(jdbc.queryForList("select title from notes", String.class))
                    .containsExactly("alices");
        });
        assertThat(new JdbcTemplate(TestDatabase.superuser())
                        .queryForList("select owner_id || ' ' || title from notes order by 1", String.class))
                .containsExactly("alice alices", "bob bobs");
    }

    private void as(Owner owner, Runnable work) {
        scope.runAs(owner, () -> transaction.executeWithoutResult(status -> work.run()));
    }
}
