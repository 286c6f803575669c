package dev.latchkey.rowsecurity.binding;

import static dev.latchkey.rowsecurity.testing.CountingSocketFactory.roundTripsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.PolicyViolationException;
import dev.latchkey.rowsecurity.RowSecurityException;
import dev.latchkey.rowsecurity.testing.CountingSocketFactory;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * SQL injected into the application, by Mallory who has an account: nothing that it says makes it somebody else. Injected is what the
 * application's own connection sends to the server, past the binder, which refuses the plain ones of these attempts.
 */
class SignedBindingIT {

    private static final Owner MALLORY = new Owner("mallory", "mallorys-actor");
    private static final Owner VICTIM = new Owner("victim", "victims-actor");
    private static final BindingKey KEY = BindingKey.of("a key of this test, which nobody guesses");
    private static final BindingKey NEXT =
            BindingKey.of("the key that follows it, longer than a block of SHA-256, which is 64 bytes");
    private static final String TITLES = "select title from notes where title <> ?";
    private static final String FUNCTION_IN_THE_WAY =
            "create function loose.sha256(bytea) returns bytea language sql as $$select '\\x00'::bytea$$;"
                    + "set local search_path = loose, pg_catalog;"
                    + "select set_config('app.user_id', 'victim', true)";
    private static final Function<String, String> UNCHANGED = body -> body;
    private static final String SHIPPED = shipped();

    private static HikariDataSource pool;

    private final OwnerScope scope = new OwnerScope(() -> null);

    @BeforeAll
    static void connect() {
        pool = TestDatabase.pool(1, Map.of("socketFactory", CountingSocketFactory.class.getName()));
        schema("insert into notes (owner_id, title) values ('mallory', 'mallorys'), ('victim', 'victims')");
        schema("create schema loose authorization notes_app");
        add(KEY);
    }

    @AfterEach
    void onlyTheFirstKey() {
        schema("delete from app.binding_key");
        add(KEY);
    }

    @AfterAll
    static void unsigned() {
        pool.close();
        schema("drop schema loose cascade");
        schema("delete from app.binding_key");
        TestDatabase.deleteAllNotes();
    }

    @Test
    void signedThenEveryOwnerReachesTheirOwn() {
        Application application = new Application(Signing.with(KEY));
        for (int run = 0; run < 8; run++) {
            assertThat(application.titles(MALLORY)).containsExactly("mallorys");
            assertThat(application.titles(VICTIM)).containsExactly("victims");
        }
        application.as(VICTIM, jdbc -> jdbc.update("insert into notes (title) values (?)", "written"));
        application.as(VICTIM, jdbc -> jdbc.update("delete from notes where title = 'written'"));
        assertThat(application.reading().titles(VICTIM)).containsExactly("victims");
        assertThat(scope.unowned("test", () -> application.jdbc.queryForList("select word from shared", String.class)))
                .containsExactly("seen by all");
    }

    /** The functions are for triggers that run as the schema's owner: here one is granted for the while. */
    @Test
    void givenAnOriginThenWritesAreToldItAndReadsAreNot() {
        schema("grant execute on function app.current_actor(), app.current_origin() to notes_app");
        Owner owner = new Owner("victim", "victims-actor", "request-1/device-1");
        String told =
                "select concat_ws(' ', app.current_owner(), app.current_actor(), coalesce(app.current_origin(), '-'))";
        try {
            Application application = new Application(Signing.with(KEY));
            application.as(
                    owner,
                    jdbc -> assertThat(jdbc.queryForObject(told, String.class))
                            .isEqualTo("victim victims-actor request-1/device-1"));
            application
                    .reading()
                    .as(
                            owner,
                            jdbc -> assertThat(jdbc.queryForObject(told, String.class))
                                    .isEqualTo("victim victims-actor -"));
            application.as(
                    Owner.of("victim"),
                    jdbc -> assertThat(jdbc.queryForObject(told, String.class)).isEqualTo("victim -"));
        } finally {
            schema("revoke execute on function app.current_actor(), app.current_origin() from notes_app");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "another"})
    void givenNoKeyOrAnotherThenNothingIsThere(String key) {
        Application application =
                "none".equals(key) ? new Application(BindingOptions.DEFAULTS) : new Application(Signing.with(NEXT));
        assertThat(application.titles(VICTIM)).isEmpty();
        assertThatThrownBy(
                        () -> application.as(VICTIM, jdbc -> jdbc.update("insert into notes (title) values (?)", "x")))
                .isInstanceOf(PolicyViolationException.class);
    }

    @Test
    void givenNoKeyInTheDatabaseThenSignedAndUnsignedBindingsCount() {
        schema("delete from app.binding_key");
        assertThat(new Application(Signing.with(KEY)).titles(VICTIM)).containsExactly("victims");
        assertThat(new Application(BindingOptions.DEFAULTS).titles(VICTIM)).containsExactly("victims");
    }

    @Test
    void whenTheKeyIsRotatedThenBothCountUntilTheOldOneIsRetired() {
        Application old = new Application(Signing.with(KEY));
        Application renewed = new Application(Signing.with(NEXT));
        assertThat(add(NEXT)).isEqualTo(NEXT.id());
        assertThat(add(NEXT)).isEqualTo(NEXT.id());
        assertThat(old.titles(VICTIM)).containsExactly("victims");
        assertThat(renewed.titles(VICTIM)).containsExactly("victims");

        retire(KEY);

        assertThat(old.titles(VICTIM)).isEmpty();
        assertThat(renewed.titles(VICTIM)).containsExactly("victims");
        assertThatThrownBy(() -> retire(NEXT)).hasMessageContaining("last key");
    }

    @Test
    void givenSeveralStatementsLongAfterTheBindingThenItStillCounts() {
        new Application(new Signing(KEY, true, Duration.ofSeconds(1))).as(VICTIM, jdbc -> {
            jdbc.queryForList(TITLES, "x");
            jdbc.queryForList("select pg_sleep(1.1)");
            return assertThat(jdbc.queryForList(TITLES, String.class, "x")).containsExactly("victims");
        });
    }

    @Test
    void thenAParallelPlanStaysParallel() {
        new Application(Signing.with(KEY)).as(VICTIM, jdbc -> {
            for (String setting : List.of(
                    "parallel_setup_cost = 0",
                    "parallel_tuple_cost = 0",
                    "min_parallel_table_scan_size = 0",
                    "enable_indexscan = off",
                    "enable_bitmapscan = off",
                    "enable_indexonlyscan = off")) {
                jdbc.execute("set local " + setting);
            }
            String plan = String.join(
                    "\n",
                    jdbc.queryForList(
                            "explain (analyze, costs off, timing off) select count(*) from notes where title <> 'x'",
                            String.class));
            assertThat(plan).contains("Workers Launched: ").doesNotContain("Workers Launched: 0");
            return assertThat(jdbc.queryForObject("select count(*) from notes where title <> 'x'", Integer.class))
                    .isEqualTo(1);
        });
    }

    @Nested
    class GivenInjectedSql {

        static Stream<Attack> attacks() {
            return Stream.of(
                    new Attack("another owner", "select set_config('app.user_id', 'victim', true)"),
                    new Attack("another owner for the session", "set app.user_id = 'victim'"),
                    new Attack(
                            "no signature",
                            "select set_config('app.user_id', 'victim', true), set_config('app.context', 'victims-actor|write', true)"),
                    new Attack(
                            "no context",
                            "select set_config('app.user_id', 'victim', true), set_config('app.context', '', true)"),
                    new Attack(
                            "a signature made up",
                            "select set_config('app.user_id', 'victim', true), "
                                    + "set_config('app.context', '|write|9999999999||' || split_part(current_setting('app.context'), '|', 5) || '|' || repeat('0', 64), true)"),
                    new Attack(
                            "the owner moved into the context",
                            "select set_config('app.user_id', 'victim', true), set_config('app.context', 'mallory|' || current_setting('app.context'), true)"),
                    new Attack("the key read", "select * from app.binding_key"),
                    new Attack("a key added", "select app.add_binding_key(repeat('x', 32)::bytea)"),
                    new Attack("the keys deleted", "delete from app.binding_key"),
                    new Attack("the keys truncated", "truncate app.binding_key"),
                    new Attack(
                            "the function replaced",
                            "create or replace function app.current_owner() returns text language sql as 'select ''victim''::text'"),
                    new Attack(
                            "the switch replaced",
                            "create or replace function app.bindings_are_signed() returns boolean language sql immutable as 'select false'"),
                    new Attack("the function altered", "alter function app.current_owner() set search_path = pg_temp"),
                    new Attack("the policy replaced", "alter policy owner_isolation on notes using (true)"),
                    new Attack("row security off", "set local row_security = off"),
                    new Attack("a function in the way", FUNCTION_IN_THE_WAY),
                    new Attack(
                            "a temporary table in the way",
                            "create temp table binding_key as select ''::bytea as inner_block, ''::bytea as outer_block, 'x'::text as id;"
                                    + "set local search_path = pg_temp, app, pg_catalog;"
                                    + "select set_config('app.user_id', 'victim', true), set_config('app.context', '|write|9999999999||x|' || encode(sha256(sha256('victim||write|9999999999||x'::bytea)), 'hex'), true)"),
                    new Attack(
                            "an operator overloaded",
                            "create function loose.yes(bytea, bytea) returns boolean language sql as 'select true';"
                                    + "create operator loose.= (leftarg = bytea, rightarg = bytea, function = loose.yes);"
                                    + "set local search_path = loose, pg_catalog;"
                                    + "select set_config('app.user_id', 'victim', true)"),
                    new Attack("another role", "set local role postgres"),
                    new Attack("another session", "set session authorization postgres"),
                    new Attack("a block", "do $$ begin perform set_config('app.user_id', 'victim', true); end $$"),
                    new Attack(
                            "a setting that looks like the function's",
                            "set app.binding = 'plain'; set app.user_id = 'victim'"));
        }

        @ParameterizedTest
        @MethodSource("attacks")
        void thenItSeesAndWritesNothingOfAnybodyElse(Attack attack) {
            Breach breach = new Application(Signing.with(KEY)).attack(attack.sql);

            assertThat(breach.seen).doesNotContain("victims");
            assertThat(breach.changed).isZero();
        }

        @Test
        void withTheBindingOfAnotherBackendThenItIsNobody() {
            assertThat(injected(MALLORY, contextOf(VICTIM, "write", 60, 1, KEY)))
                    .isEmpty();
        }

        @Test
        void withABindingThatHasExpiredThenItIsNobody() {
            assertThat(injected(VICTIM, contextOf(VICTIM, "write", -1, pid(), KEY)))
                    .isEmpty();
            assertThat(injected(VICTIM, contextOf(VICTIM, "write", 60, pid(), KEY)))
                    .containsExactly("victims");
        }

        @Test
        void withAKeyThatTheDatabaseDoesNotHoldThenItIsNobody() {
            assertThat(injected(VICTIM, contextOf(VICTIM, "write", 60, pid(), NEXT)))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"actor", "access", "expiry", "pid", "key"})
        void withAnyPartOfASignedBindingChangedThenItIsNobody(String part) {
            String[] fields = contextOf(VICTIM, "read", 60, pid(), KEY).split("\\|");
            int position = List.of("actor", "access", "expiry", "pid", "key").indexOf(part);
            fields[position] = List.of("mallorys-actor", "write", "9999999999", "", NEXT.id())
                    .get(position);
            add(NEXT);
            assertThat(injected(VICTIM, String.join("|", fields))).isEmpty();
        }

        @Test
        void withABindingForReadingThenItReadsOnlyWhereTheServerRefusesToWrite() {
            String reading = contextOf(VICTIM, "read", 60, pid(), KEY);
            assertThat(injected(VICTIM, reading)).isEmpty();
            assertThat(injected(VICTIM, reading, "set transaction read only")).containsExactly("victims");
            assertThatThrownBy(() -> injected(
                            VICTIM, reading, "set transaction read only", "select 1", "set transaction read write"))
                    .hasMessageContaining("read-write mode must be set before any query");
        }

        @Test
        void throughAReadOnlyTransactionOfTheApplicationThenItCannotWrite() {
            assertThatThrownBy(
                            () -> new Application(Signing.with(KEY))
                                    .reading()
                                    .as(
                                            MALLORY,
                                            jdbc -> jdbc.queryForList(
                                                    "with w as (update notes set title = 'x' returning title) select * from w")))
                    .hasStackTraceContaining("read-only transaction");
        }
    }

    /** Each part of the check is taken out in turn, and the attack that it stops then succeeds. */
    @Nested
    class GivenTheCheckWithoutAPart {

        @AfterEach
        void whole() {
            replace(UNCHANGED);
        }

        @Test
        void ofTheMacThenAnotherOwnerIsBelieved() {
            replace(body -> body.replaceFirst("(?s)and sha256\\(convert_to\\(encode.*?right\\([^\\n]*", ""));
            assertThat(new Application(Signing.with(KEY))
                            .attack("select set_config('app.user_id', 'victim', true)")
                            .seen)
                    .contains("victims");
        }

        @Test
        void ofTheExpiryThenAnOldBindingIsBelieved() {
            replace(body -> body.replaceFirst("and split_part\\(context, '\\|', 3\\)[^\\n]*", ""));
            assertThat(injected(VICTIM, contextOf(VICTIM, "write", -1, pid(), KEY)))
                    .containsExactly("victims");
        }

        @Test
        void ofTheBackendThenTheBindingOfAnotherIsBelieved() {
            replace(body -> body.replaceFirst("and split_part\\(context, '\\|', 4\\)[^\\n]*", ""));
            assertThat(injected(VICTIM, contextOf(VICTIM, "write", 60, 1, KEY))).containsExactly("victims");
        }

        @Test
        void ofTheAccessThenABindingForReadingWrites() {
            replace(body -> body.replaceFirst("and \\(split_part\\(context, '\\|', 2\\)[^\\n]*", ""));
            assertThat(injected(VICTIM, contextOf(VICTIM, "read", 60, pid(), KEY)))
                    .containsExactly("victims");
        }

        @Test
        void ofThePinnedSearchPathThenTheAttackersFunctionIsCalled() {
            replace(body -> body.replaceFirst("set search_path[^\\n]*", ""));
            assertThat(new Application(Signing.with(KEY)).attack(FUNCTION_IN_THE_WAY).seen)
                    .contains("victims");
        }

        @Test
        void ofTheReadableKeyThenItSignsForAnybody() {
            schema("grant select on app.binding_key to notes_app");
            try {
                assertThat(new Application(Signing.with(KEY)).attack("""
                                select set_config('app.user_id', 'victim', true), set_config('app.context', signed || '|' || encode(sha256(
                                  outer_block || sha256(inner_block || convert_to('victim|' || signed, 'UTF8'))), 'hex'), true)
                                from app.binding_key, lateral (select '|write|9999999999||' || id) s (signed)""").seen).contains("victims");
            } finally {
                schema("revoke select on app.binding_key from notes_app");
            }
        }

        private static void replace(Function<String, String> change) {
            String changed = change.apply(SHIPPED);
            assertThat(changed.equals(SHIPPED)).isEqualTo(change.equals(UNCHANGED));
            schema(changed);
        }
    }

    @Nested
    class BehindAPooler {

        @Test
        void withoutTheBackendThenTheBindingCountsOnAny() {
            Application application = new Application(new Signing(KEY, false, Signing.LIFETIME));
            assertThat(application.titles(VICTIM)).containsExactly("victims");
            assertThat(injected(VICTIM, contextOf(VICTIM, "write", 60, null, KEY)))
                    .containsExactly("victims");
        }
    }

    /** Whoever logs in as the same role sees in pg_stat_activity what text others send, and could use such a binding. */
    @Test
    void withoutTheBackendThenTheBindingGoesByParameterBeforeAPlainStatement() {
        assertThat(roundTripsOfAPlainStatement(Signing.with(KEY))).isEqualTo(2);
        assertThat(roundTripsOfAPlainStatement(new Signing(KEY, false, Signing.LIFETIME)))
                .isEqualTo(3);
    }

    private static int roundTripsOfAPlainStatement(Signing signing) {
        Application application = new Application(signing);
        application.titles(VICTIM);
        return roundTripsOf(() -> application.as(VICTIM, jdbc -> jdbc.queryForList("select title from notes")));
    }

    @Test
    void theKeyIsNowhereToBeRead() {
        String secret = "a key of this test";
        assertThat(Signing.with(KEY).toString()).doesNotContain(secret).contains(KEY.id());
        assertThat(BindingOptions.DEFAULTS.signed(Signing.with(KEY)).toString()).doesNotContain(secret);
        assertThatThrownBy(() -> BindingKey.of("too short a secret")).hasMessageNotContaining("too short a secret");
        assertThat(BindingKey.of("a key of this test, which nobody guesses\n").id())
                .isEqualTo(KEY.id());
    }

    /** As {@code Seal} does it, but for what an attacker got hold of. */
    private static String contextOf(
            Owner owner, String access, int secondsToLive, @Nullable Integer pid, BindingKey key) {
        long expiry = System.currentTimeMillis() / 1000 + secondsToLive;
        String signed = owner.actor() + "|" + access + "|" + expiry + "|" + (pid == null ? "" : pid) + "|" + key.id();
        return signed + "|" + key.mac(owner.id() + "|" + signed);
    }

    /** What is seen on the application's connection by who binds it by hand. */
    private static List<String> injected(Owner owner, String context, String... before) {
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        return new TransactionTemplate(new JdbcTransactionManager(pool)).execute(status -> {
            List.of(before).forEach(jdbc::execute);
            jdbc.queryForList(
                    "select set_config('app.user_id', ?, true), set_config('app.context', ?, true)",
                    owner.id(),
                    context);
            return jdbc.queryForList(TITLES, String.class, "x");
        });
    }

    private static int pid() {
        Integer pid = new JdbcTemplate(pool).queryForObject("select pg_backend_pid()", Integer.class);
        return pid == null ? 0 : pid;
    }

    private static String add(BindingKey key) {
        return String.valueOf(new JdbcTemplate(TestDatabase.superuser())
                .queryForObject("select app.add_binding_key(?)", String.class, (Object) key.secret()));
    }

    private static void retire(BindingKey key) {
        new JdbcTemplate(TestDatabase.superuser()).queryForList("select app.retire_binding_key(?)", key.id());
    }

    private static String shipped() {
        try (InputStream changelog =
                BindingKey.class.getResourceAsStream("/dev/latchkey/rowsecurity/changelog/app.sql")) {
            String all = new String(changelog.readAllBytes(), StandardCharsets.UTF_8);
            int begin = all.indexOf("create or replace function app.current_owner()");
            return all.substring(begin, all.indexOf("$$;", begin) + "$$;".length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void schema(String sql) {
        new JdbcTemplate(TestDatabase.superuser()).execute(sql);
    }

    private record Attack(String name, String sql) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Breach(List<String> seen, int changed) {}

    private static final class Application {

        final JdbcTemplate jdbc;
        final TransactionTemplate transaction;
        private final OwnerScope scope = new OwnerScope(() -> null);

        Application(Signing signing) {
            this(BindingOptions.DEFAULTS.signed(signing));
        }

        Application(BindingOptions options) {
            BindingDataSource bound = new BindingDataSource(pool, scope, options);
            jdbc = new JdbcTemplate(bound);
            transaction = new TransactionTemplate(new JdbcTransactionManager(bound));
        }

        Application reading() {
            transaction.setReadOnly(true);
            return this;
        }

        <T> T as(Owner owner, Function<JdbcTemplate, T> work) {
            return scope.runAs(owner, () -> transaction.execute(status -> work.apply(jdbc)));
        }

        /** Mallory's request, whose search term ends a literal and goes on, in a form that nobody recognizes; what it then reaches. */
        Breach attack(String sql) {
            String hidden = HexFormat.of().formatHex(sql.getBytes(StandardCharsets.UTF_8));
            String term = "x'; do $do$ begin execute convert_from(decode('" + hidden
                    + "', 'hex'), 'UTF8'); end $do$; select '";
            return scope.runAs(
                    MALLORY,
                    () -> transaction.execute(status -> {
                        status.setRollbackOnly();
                        try {
                            jdbc.execute("select title from notes where title = '" + term + "'");
                            return new Breach(
                                    jdbc.queryForList("select title from public.notes", String.class),
                                    jdbc.update("update public.notes set title = 'taken' where owner_id <> 'mallory'"));
                        } catch (DataAccessException | RowSecurityException refused) {
                            return new Breach(List.of(), 0);
                        }
                    }));
        }

        List<String> titles(Owner owner) {
            return as(owner, jdbc -> jdbc.queryForList(TITLES, String.class, "x"));
        }
    }
}
