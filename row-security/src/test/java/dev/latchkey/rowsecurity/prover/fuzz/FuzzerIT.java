package dev.latchkey.rowsecurity.prover.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.prover.Fuzzing;
import dev.latchkey.rowsecurity.prover.IsolationProof;
import dev.latchkey.rowsecurity.prover.world.Schema;
import dev.latchkey.rowsecurity.prover.world.Session;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fuzzer on a schema that keeps owners apart, and on the same schema with something wrong in it. */
class FuzzerIT {

    /** Never reached: what is to be found is found after a number of statements that the seed decides. */
    private static final Duration BOUND = Duration.ofMinutes(2);

    private static final long SEED = 1;

    private static final String TABLES = """
            create role shop_app login;
            create type status as enum ('open', 'paid', 'sent');
            create table customers (
              owner_id text not null default app.current_owner(), id uuid not null default gen_random_uuid(), name text not null,
              credit numeric(10, 2) not null default 0 check (credit >= 0), tags text[] not null default '{}', since date, data jsonb, place point,
              seen_at timestamptz not null default clock_timestamp(),
              primary key (owner_id, id), unique (owner_id, name)
            );
            create table orders (
              owner_id text not null default app.current_owner(), id bigint not null, customer_id uuid, referred_by bigint,
              state status not null default 'open', amount integer not null check (amount between 0 and 100000), note varchar(40),
              primary key (owner_id, id),
              foreign key (owner_id, customer_id) references customers (owner_id, id) on delete set null (customer_id),
              foreign key (owner_id, referred_by) references orders (owner_id, id) deferrable initially deferred
            );
            select app.protect('customers', 'shop_app');
            select app.protect('orders', 'shop_app');
            create table history (
              owner_id text not null default app.current_owner(), id bigint generated always as identity, what text, at timestamptz,
              primary key (owner_id, id)
            );
            select app.protect('history', 'shop_app');
            create function touched() returns trigger language plpgsql as $$ begin
              new.seen_at := clock_timestamp();
              insert into history (what, at) values (tg_op || ' ' || new.name, clock_timestamp());
              return new;
            end $$;
            create trigger touched before insert or update on customers for each row execute function touched();
            create view open_orders with (security_invoker = true) as
              select o.id, o.owner_id, o.amount, c.name from orders o left join customers c using (owner_id) where o.state = 'open';
            create view recent with (security_invoker = true) as select id, name, clock_timestamp() - seen_at as age from customers;
            create view notes with (security_invoker = true) as select id, note, amount from orders;
            grant select, update, delete on open_orders, recent, notes to shop_app""";

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void migrate() throws Exception {
        postgres = EmbeddedPostgres.start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            new Liquibase(
                            "dev/latchkey/rowsecurity/changelog/app.sql",
                            new ClassLoaderResourceAccessor(),
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(new JdbcConnection(connection)))
                    .update("");
        }
        execute(TABLES);
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {SEED, 2, 3})
    void statementsOfEveryKindRunMostOfThemAreValidAndNoneTellsOfAnotherOwner(long seed) throws SQLException {
        try (Session session = session()) {
            Fuzzer fuzzer = new Fuzzer(session, Schema.read(session), Map.of(), seed);

            assertThat(fuzzer.difference(BOUND, 200)).isEmpty();

            assertThat(fuzzer.tally().succeeded()).as(fuzzer.tally().toString()).isEqualTo(EnumSet.allOf(Kind.class));
            assertThat(fuzzer.tally().percentSucceeded())
                    .as(fuzzer.tally().toString())
                    .isGreaterThan(75);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leakIsFound(Leak leak) throws SQLException {
        try (Session session = session()) {
            session.execute(leak.sql);

            Optional<String> difference = new Fuzzer(session, Schema.read(session), Map.of(), SEED).difference(BOUND);

            assertThat(difference)
                    .hasValueSatisfying(text ->
                            assertThat(text).contains("with seed 1,", "  1. ", leak.shownBy, "-Dlatchkey.fuzz.seed=1"));
        }
    }

    private enum Leak {
        POLICY_THAT_SHOWS_ALL("create policy planted on orders for select using (true)", "14 rows"),
        NO_ROW_SECURITY("alter table orders disable row level security", "orders"),
        POLICY_FOR_UPDATE_ONLY("create policy planted on customers for update using (true)", "update public.customers"),
        POLICY_FOR_DELETE_ONLY("create policy planted on customers for delete using (true)", "delete from public."),
        VIEW_WITH_ITS_DEFINERS_RIGHTS("alter view notes set (security_invoker = false)", "public.notes"),
        FUNCTION_WITH_ITS_DEFINERS_RIGHTS("""
                create function planted() returns setof orders language sql stable security definer as 'select * from orders';
                create view planted as select id, amount from planted();
                grant select on planted to shop_app""", "public.planted"),
        TRIGGER_THAT_COUNTS_EVERYBODYS_ROWS("""
                create function planted() returns trigger language plpgsql security definer as
                  $$ begin new.note := (select count(*) from orders); return new; end $$;
                create trigger planted before update on orders for each row execute function planted()""", "14"),
        UNIQUE_KEY_WITHOUT_OWNER("alter table customers add unique (name)", "error 23505 customers_name_key"),
        // Whose key the parent's id is cannot be tried: only the foreign key tells.
        FOREIGN_KEY_WITHOUT_OWNER("""
                alter table customers add unique (id);
                revoke insert, update on customers from shop_app;
                alter table orders drop constraint orders_owner_id_customer_id_fkey;
                alter table orders add foreign key (customer_id) references customers (id) on delete set null""", "error 23503");

        private final String sql;
        private final String shownBy;

        Leak(String sql, String shownBy) {
            this.sql = sql;
            this.shownBy = shownBy;
        }
    }

    /** Whatever the statements are that a seed gives, they are the same the next time. */
    @Test
    void seedRepeatsTheStatements() throws SQLException {
        assertThat(firstLeakOf(SEED)).isEqualTo(firstLeakOf(SEED)).isNotEqualTo(firstLeakOf(SEED + 1));
    }

    private static Optional<String> firstLeakOf(long seed) throws SQLException {
        try (Session session = session()) {
            session.execute(Leak.UNIQUE_KEY_WITHOUT_OWNER.sql);
            return new Fuzzer(session, Schema.read(session), Map.of(), seed).difference(BOUND);
        }
    }

    @Test
    void proofHasAClaimThatFailsWithTheSeedInItsName() throws SQLException {
        execute(Leak.POLICY_THAT_SHOWS_ALL.sql);
        try (var proof =
                IsolationProof.open(postgres.getPostgresDatabase(), "shop_app", Map.of(), new Fuzzing(BOUND, SEED))) {
            assertThat(proof.claims())
                    .filteredOn(
                            claim -> claim.toString()
                                    .equals(
                                            "random statements of one owner give what they would if nobody else existed (seed 1)"))
                    .singleElement()
                    .satisfies(claim -> assertThatThrownBy(claim::verify)
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining("-Dlatchkey.fuzz.seed=1"));
        } finally {
            execute("drop policy planted on orders");
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Session session() throws SQLException {
        return Session.open(postgres.getPostgresDatabase().getConnection(), "\"shop_app\"");
    }
}
