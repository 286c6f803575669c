package dev.latchkey.rowsecurity.prover;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;

/** A server with a protected schema of odd types and names. */
final class OddDatabase implements AutoCloseable {

    static final String APP = "odd_app";
    static final String OWNER = "odd_owner";
    static final String SUPERUSER = "postgres";

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

    private final EmbeddedPostgres postgres = EmbeddedPostgres.start();

    OddDatabase() throws Exception {
        execute(SUPERUSER, ROLES);
        try (Connection connection = postgres.getDatabase(OWNER, "postgres").getConnection()) {
            new Liquibase(
                            "dev/latchkey/rowsecurity/changelog/app.sql",
                            new ClassLoaderResourceAccessor(),
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(new JdbcConnection(connection)))
                    .update("");
        }
        execute(OWNER, "drop table databasechangelog, databasechangeloglock");
        execute(OWNER, TABLES);
    }

    DataSource admin() {
        return postgres.getPostgresDatabase();
    }

    void execute(String role, String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase(role, "postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
