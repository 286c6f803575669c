package dev.latchkey.rowsecurity.prover;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;

/** Databases with a protected schema of odd types and names. */
final class OddDatabase {

    static final String APP = "notes_app";
    static final String OWNER = "notes_owner";
    static final String SUPERUSER = "postgres";

    private static final String ROLES = "create role notes_owner login; create role notes_app login";

    private static final String GRANTS = """
            revoke all on database %1$s from public;
            grant connect on database %1$s to notes_app""";

    private static final String SETUP = """
            grant usage, create on schema public to notes_owner;
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
            select app.protect('"Odd Things"', 'notes_app');
            select app.protect('nodes', 'notes_app')""";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private final String name;

    private OddDatabase(String name) {
        this.name = name;
    }

    /** A copy of its own. Roles are the server's: what is done to them stays. */
    static OddDatabase create() throws SQLException {
        var database = new OddDatabase("odd_" + NUMBER.incrementAndGet());
        execute("postgres", SUPERUSER, "create database %s owner notes_owner template odd".formatted(database.name));
        database.execute(SUPERUSER, GRANTS.formatted(database.name));
        return database;
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(ROLES);
                statement.execute("create database odd owner notes_owner");
            }
            try (Connection connection = postgres.getDatabase(SUPERUSER, "odd").getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(SETUP);
            }
            try (Connection connection = postgres.getDatabase(OWNER, "odd").getConnection();
                    var statement = connection.createStatement()) {
                new Liquibase(
                                "dev/latchkey/rowsecurity/changelog/app.sql",
                                new ClassLoaderResourceAccessor(),
                                DatabaseFactory.getInstance()
                                        .findCorrectDatabaseImplementation(new JdbcConnection(connection)))
                        .update("");
                connection.setAutoCommit(true);
                statement.execute("drop table databasechangelog, databasechangeloglock");
                statement.execute(TABLES);
            }
            return postgres;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return name;
    }

    DataSource admin() {
        return POSTGRES.getDatabase(SUPERUSER, name);
    }

    void execute(String role, String sql) throws SQLException {
        execute(name, role, sql);
    }

    /** Claims that do not hold; without those about mutants, which are about what is noticed, not about what is. */
    List<String> broken() throws SQLException {
        try (IsolationProof proof = IsolationProof.open(admin(), APP, Map.of(), Fuzzing.OFF)) {
            return proof.claims().stream()
                    .filter(claim -> !claim.toString().endsWith("is noticed"))
                    .filter(OddDatabase::isBroken)
                    .map(Claim::toString)
                    .toList();
        }
    }

    private static boolean isBroken(Claim claim) {
        try {
            claim.verify();
            return false;
        } catch (AssertionError e) {
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String database, String role, String sql) throws SQLException {
        try (Connection connection = POSTGRES.getDatabase(role, database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
