package dev.latchkey.api.testkit;

import dev.latchkey.liquibase.Migration;
import dev.latchkey.liquibase.MigrationSettings;
import dev.latchkey.rowsecurity.binding.BindingKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** One real Postgres for all tests of the module, migrated as everywhere else. Tests keep apart by taking new owners. */
public final class TestDatabase {

    public static final String APP_PASSWORD = "app-password-of-the-tests";

    public static final String MAINTENANCE_PASSWORD = "maintenance-password-of-the-tests";

    public static final String BINDING_KEY = "binding-key-of-the-tests, 32 bytes or more";

    private static final Path LOG = logFile();

    private static final EmbeddedPostgres SERVER = start();

    private TestDatabase() {}

    public static int port() {
        return SERVER.getPort();
    }

    /** What the server has logged so far. */
    public static String log() {
        try {
            return Files.readString(LOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What no application role could do: tests play the database's other users with it. */
    public static Connection superuser() {
        try {
            return SERVER.getDatabase("postgres", "latchkey").getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            var redirect = ProcessBuilder.Redirect.appendTo(LOG.toFile());
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOutputRedirector(redirect)
                    .setErrorRedirector(redirect)
                    .start();
            new Migration(
                            new MigrationSettings(
                                    "jdbc:postgresql://localhost:" + server.getPort() + "/latchkey",
                                    "postgres",
                                    "postgres",
                                    "owner-password-of-the-tests",
                                    APP_PASSWORD,
                                    "keycloak-password-of-the-tests",
                                    MAINTENANCE_PASSWORD,
                                    BindingKey.of(BINDING_KEY)),
                            step -> {})
                    .run();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path logFile() {
        try {
            Path log = Files.createTempFile("postgres", ".log");
            log.toFile().deleteOnExit();
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
