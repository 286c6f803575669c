package dev.latchkey.load;

import dev.latchkey.liquibase.Migration;
import dev.latchkey.liquibase.MigrationSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;

/** One Postgres with a database for each way to keep works, and the same rows in each. */
final class Database implements AutoCloseable {

    static final String PROTECTED = "latchkey";
    static final String EXPLICIT = "explicit";
    static final String PLAIN = "plain";

    private static final String SUPERUSER = "postgres";

    /**
     * What the API's schema is without row security. Deleted owners and those whose writes are held off are refused as before: where
     * nobody is bound, the trigger that does it takes the owner from the rows, once for a statement too.
     */
    private static final String WITHOUT_ROW_SECURITY = """
            do $$
            declare
              t regclass;
              anchored text;
            begin
              select replace(pg_get_functiondef(oid), 'app.current_owner()', '(select owner_id from changed limit 1)')
                into strict anchored
                from pg_proc where oid = 'public.anchor_owner'::regproc;
              execute anchored;
              for t in select tgrelid from pg_trigger where tgname = 'anchor_owner' loop
                execute format('drop trigger anchor_owner on %s', t);
                execute format('create trigger anchor_insert after insert on %s referencing new table as changed'
                  ' for each statement execute function public.anchor_owner()', t);
                execute format('create trigger anchor_update after update on %s referencing new table as changed'
                  ' for each statement execute function public.anchor_owner()', t);
                execute format('create trigger anchor_delete after delete on %s referencing old table as changed'
                  ' for each statement execute function public.anchor_owner()', t);
              end loop;
              for t in select oid from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace loop
                execute format('alter table %s disable row level security, no force row level security', t);
              end loop;
            end
            $$""";

    /** As one would make it for the plain program. */
    private static final String ORDINARY = """
            create table works (
              id uuid primary key,
              owner_id text not null,
              title text not null,
              kind text not null,
              authors jsonb not null,
              published_year integer,
              metadata jsonb not null,
              created_at timestamptz not null,
              updated_at timestamptz not null,
              version bigint not null
            );
            create index on works (owner_id, updated_at desc, id);
            grant usage on schema public to latchkey_app;
            grant select, insert, update, delete on works to latchkey_app""";

    private final EmbeddedPostgres server;
    private final long postmaster;

    Database() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        for (String migrated : new String[] {PROTECTED, EXPLICIT}) {
            new Migration(
                            new MigrationSettings(
                                    url(migrated), SUPERUSER, SUPERUSER, "owner", password(), "keycloak", null, null),
                            step -> {})
                    .run();
        }
        run(PROTECTED, "create database " + PLAIN);
        run(EXPLICIT, WITHOUT_ROW_SECURITY);
        run(PLAIN, ORDINARY);
        postmaster = postmaster();
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    }

    /** Of the role that programs log in as; production takes none that everybody knows. */
    String password() {
        return "of-role-app-in-the-measurement";
    }

    /** The same works for all owners in all databases. */
    void seed(Collection<String> owners, int worksEach) throws SQLException {
        for (String database : new String[] {PROTECTED, EXPLICIT, PLAIN}) {
            for (String owner : owners) {
                if (!database.equals(PLAIN)) {
                    run(database, "insert into app_users (id) values ('" + owner + "')");
                }
                run(database, """
                        insert into works (owner_id, id, title, kind, authors, published_year, metadata, created_at, updated_at, version)
                        select '%1$s', uuid(md5('%1$s/' || n)), 'Canary of %1$s, number ' || n, 'book', '["Ada Lovelace", "Charles Babbage"]', 1843,
                          '{"language": "en", "shelf": 7}', now(), now() - make_interval(secs => n), 0
                        from generate_series(0, %2$d) n""".formatted(owner, worksEach - 1));
            }
            run(database, "vacuum analyze works");
        }
    }

    void run(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase(SUPERUSER, database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    String ask(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase(SUPERUSER, database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return String.valueOf(answer.getString(1));
        }
    }

    /** Seconds that those processes of the server have used which are there now. */
    double cpu() {
        return ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToDouble(process -> CpuTime.of(process.pid()))
                .sum();
    }

    private long postmaster() throws SQLException, IOException {
        Path file = Path.of(ask(PROTECTED, "show data_directory"), "postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).get(0).strip());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
