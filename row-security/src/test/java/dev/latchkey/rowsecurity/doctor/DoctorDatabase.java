package dev.latchkey.rowsecurity.doctor;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ui.LoggerUIService;

/** A database of somebody else's making: its own roles, schema app from the changelog, and one protected table, {@code notes}. */
final class DoctorDatabase {

    private static final String ROLES = """
            create role notes_owner login;
            create role notes_app login;
            revoke all on database postgres from public;
            grant connect on database postgres to notes_app;
            grant connect, create on database postgres to notes_owner;
            grant usage, create on schema public to notes_owner;
            do $$
            declare
              f regprocedure;
            begin
              for f in select oid from pg_proc
                where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^(lo_.*|loread|lowrite)$'
              loop
                execute format('revoke execute on function %s from public', f);
              end loop;
            end
            $$""";

    private static final String NOTES = """
            create table notes (
              id uuid not null default gen_random_uuid(),
              title text,
              updated_at timestamptz not null default now()
            );
            select app.protect('notes', 'notes_app')""";

    private final EmbeddedPostgres postgres;

    private DoctorDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** One for all tests, which leave it as they find it. It ends with the JVM. */
    static DoctorDatabase shared() {
        return Shared.DATABASE;
    }

    private static final class Shared {

        static final DoctorDatabase DATABASE = start();

        private static DoctorDatabase start() {
            try {
                var database = new DoctorDatabase(EmbeddedPostgres.start());
                database.execute("postgres", ROLES);
                database.applyChangelog();
                database.execute("notes_owner", NOTES);
                return database;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Connection connectAs(String role) throws SQLException {
        return dataSource(role).getConnection();
    }

    DataSource dataSource(String role) {
        return postgres.getDatabase(role, "postgres");
    }

    String url() {
        return postgres.getJdbcUrl("notes_app", "postgres");
    }

    void execute(String role, String sql) throws SQLException {
        try (Connection connection = connectAs(role);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void applyChangelog() throws Exception {
        try (Connection connection = connectAs("notes_owner")) {
            Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), () -> {
                var database =
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
                new CommandScope(UpdateCommandStep.COMMAND_NAME)
                        .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                        .addArgumentValue(
                                UpdateCommandStep.CHANGELOG_FILE_ARG, "dev/latchkey/rowsecurity/changelog/app.sql")
                        .execute();
            });
        }
    }
}
