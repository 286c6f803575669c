package dev.latchkey.rowsecurity.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One Postgres for all tests, with the shipped changelog, a login role {@code notes_app} and its protected table {@code notes}. */
public final class TestDatabase {

    public static final String APP_ROLE = "notes_app";

    private static final EmbeddedPostgres POSTGRES = start();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
                new Liquibase(
                                "dev/latchkey/rowsecurity/changelog/app.sql",
                                new ClassLoaderResourceAccessor(),
                                DatabaseFactory.getInstance()
                                        .findCorrectDatabaseImplementation(new JdbcConnection(connection)))
                        .update("");
            }
            JdbcClient schema = JdbcClient.create(postgres.getPostgresDatabase());
            schema.sql("create role notes_app login").update();
            schema.sql("create table notes (id uuid not null default gen_random_uuid(), title text not null)")
                    .update();
            schema.sql("create table shared (word text primary key)").update();
            schema.sql("insert into shared values ('seen by all')").update();
            schema.sql("grant select on shared to notes_app").update();
            schema.sql("create table unprotected (owner_id text, title text)").update();
            schema.sql("grant select, insert, delete on unprotected to notes_app")
                    .update();
            schema.sql("create sequence tickets").update();
            schema.sql("grant usage on sequence tickets to notes_app").update();
            schema.sql("create table tickets_table (id bigint primary key)").update();
            schema.sql("create table shelves (id uuid not null, code text not null)")
                    .update();
            schema.sql("create table volumes (id uuid not null, shelf_id uuid not null, title text not null)")
                    .update();
            for (String table : List.of("notes", "shelves", "volumes")) {
                schema.sql("select app.protect('%s', 'notes_app')".formatted(table))
                        .query()
                        .listOfRows();
            }
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException | LiquibaseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String url() {
        return POSTGRES.getJdbcUrl(APP_ROLE, "postgres");
    }

    public static int port() {
        return POSTGRES.getPort();
    }

    /** As the superuser, whom no policy holds: to look and to plant, never what is tested. */
    public static DataSource superuser() {
        return POSTGRES.getPostgresDatabase();
    }

    /** A pool whose connections nobody binds. */
    public static HikariDataSource pool(int size) {
        return pool(size, Map.of());
    }

    public static HikariDataSource pool(int size, Map<String, String> driverProperties) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        driverProperties.forEach(config::addDataSourceProperty);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    public static void deleteAllNotes() {
        JdbcClient.create(superuser()).sql("delete from notes").update();
    }
}
