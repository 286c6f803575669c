package dev.latchkey.rowsecurity.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The prover on a schema of odd types and names, and on the same schema with something wrong in it. */
class IsolationProofIT {

    private static final String ROLES = """
            create role odd_owner login;
            create role odd_app login;
            revoke all on database postgres from public;
            grant connect, create on database postgres to odd_owner;
            grant usage, create on schema public to odd_owner;
            do $$ declare f regprocedure; begin
              for f in select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^(lo_.*|loread|lowrite)$' loop
                execute format('revoke execute on function %s from public', f);
              end loop;
            end $$""";

    private static final String TABLES = """
            create type mood as enum ('it''s fine', 'BAD');
            create domain sha as text check (value ~ '^[0-9a-f]{64}$');
            create table "Odd Things" (
              owner_id text not null default app.current_owner(),
              "Id" uuid not null,
              number bigint generated always as identity,
              doubled bigint generated always as (n * 2) stored,
              n integer not null check (n between 7 and 9),
              feeling mood not null,
              feelings mood[] not null check (cardinality(feelings) = 2),
              digest sha not null,
              raw bytea not null check (octet_length(raw) = 32),
              code varchar(12) not null check (code ~ '^[A-Z]{2}-\\d{3,5}$'),
              kind text not null check (kind in ('x', 'y''s')),
              data jsonb not null check (jsonb_typeof(data) = 'array'),
              span tstzrange not null,
              began date not null, ended date not null, check (ended > began),
              address inet not null, ratio numeric(3, 2) not null, "select" boolean not null, "order" interval, spot point,
              primary key (owner_id, "Id"), unique (owner_id, digest)
            );
            create table nodes (
              owner_id text not null default app.current_owner(), id uuid not null, parent uuid, thing uuid not null,
              primary key (owner_id, id),
              foreign key (owner_id, parent) references nodes (owner_id, id) deferrable,
              foreign key (owner_id, thing) references "Odd Things" (owner_id, "Id")
            );
            select app.protect('"Odd Things"', 'odd_app');
            select app.protect('nodes', 'odd_app')""";

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void migrate() throws Exception {
        postgres = EmbeddedPostgres.start();
        execute("postgres", ROLES);
        try (Connection connection =
                postgres.getDatabase("odd_owner", "postgres").getConnection()) {
            new Liquibase(
                            "dev/latchkey/rowsecurity/changelog/app.sql",
                            new ClassLoaderResourceAccessor(),
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(new JdbcConnection(connection)))
                    .update("");
        }
        execute("odd_owner", "drop table if exists databasechangelog, databasechangeloglock");
        execute("odd_owner", TABLES);
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    static DataSource admin() {
        return postgres.getPostgresDatabase();
    }

    @ProveIsolation(role = "odd_app")
    void everyOwnersRowsAreHisAlone(Claim claim) throws SQLException {
        claim.verify();
    }

    @AfterEach
    void unplant() throws SQLException {
        execute("postgres", "drop table if exists planted; drop policy if exists planted on nodes");
    }

    @Test
    void proofLeavesNothingBehind() throws SQLException {
        try (IsolationProof proof = IsolationProof.open(admin(), "odd_app", Map.of())) {
            assertThat(proof.claims()).hasSizeGreaterThan(100);
        }
        try (Connection connection = admin().getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select count(*) + (select count(*) from pg_namespace where nspname = 'prover') from nodes")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table planted (id int)",
                "create table planted (owner_id text, id int)",
                "create table planted (owner_id text, id int); grant select on planted to odd_app",
                "create policy planted on nodes for delete using (true)"
            })
    void proofIsRedWhenSomethingIsPlantedThatNoTestNames(String sql) throws SQLException {
        execute("odd_owner", sql);

        assertThat(broken()).isNotEmpty();
    }

    @Test
    void attacksAloneSeeAPolicyThatLetsRowsThrough() throws SQLException {
        execute("odd_owner", "create policy planted on nodes using (true)");

        assertThat(broken())
                .contains(
                        "public.nodes: rows are not read",
                        "public.nodes: rows are not counted",
                        "public.nodes: rows are not updated",
                        "public.nodes: rows are not deleted",
                        "public.nodes: rows are not written in anothers name",
                        "public.nodes: leaky functions see no rows",
                        "public.nodes: errors tell nothing",
                        "public.nodes: nobody sees nothing");
    }

    @Test
    void rowThatCannotBeInventedIsNamedUntilASampleIsGiven() throws SQLException {
        execute("odd_owner", """
                create table planted (owner_id text not null, id text not null constraint hard check (md5(id) = md5(reverse('n' || 'evar'))),
                  n int not null, primary key (owner_id, id, n));
                select app.protect('planted', 'odd_app')""");

        assertThatThrownBy(() -> verify("public.planted: rows of two owners can be made", Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("public.planted", "hard", "@Sample");
        verify("public.planted: rows are not read", Map.of("public.planted", "select 'raven' as id"));
    }

    private static void verify(String claim, Map<String, String> samples) throws SQLException {
        try (IsolationProof proof = IsolationProof.open(admin(), "odd_app", samples)) {
            proof.claims().stream()
                    .filter(one -> one.toString().equals(claim))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No claim: " + claim))
                    .verify();
        }
    }

    /** Claims that are no mutant's: those are about what is noticed, not about what is. */
    private static List<String> broken() throws SQLException {
        try (IsolationProof proof = IsolationProof.open(admin(), "odd_app", Map.of())) {
            return proof.claims().stream()
                    .filter(claim -> !claim.toString().endsWith("is noticed"))
                    .filter(claim -> {
                        try {
                            claim.verify();
                            return false;
                        } catch (AssertionError e) {
                            return true;
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .map(Claim::toString)
                    .toList();
        }
    }

    private static void execute(String role, String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase(role, "postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
