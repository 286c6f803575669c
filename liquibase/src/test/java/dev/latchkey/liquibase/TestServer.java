package dev.latchkey.liquibase;

import dev.latchkey.rowsecurity.binding.BindingKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A Postgres server of its own, since roles belong to the whole server. Trusts every password. */
final class TestServer implements AutoCloseable {

    static final String OWNER_PASSWORD = "owner-canary-3141";
    static final String APP_PASSWORD = "app-canary-5926";
    static final String KEYCLOAK_PASSWORD = "keycloak-canary-5358";
    static final String BINDING_KEY = "binding-canary-9793-of-more-than-32-bytes";

    private final EmbeddedPostgres postgres;
    private final Path log;

    private TestServer(EmbeddedPostgres postgres, Path log) {
        this.postgres = postgres;
        this.log = log;
    }

    static TestServer start() {
        try {
            Path log = Files.createTempFile("postgres", ".log");
            var redirect = ProcessBuilder.Redirect.appendTo(log.toFile());
            return new TestServer(
                    EmbeddedPostgres.builder()
                            .setServerConfig("log_statement", "all")
                            .setOutputRedirector(redirect)
                            .setErrorRedirector(redirect)
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the lines of progress. */
    List<String> migrate() {
        List<String> progress = new ArrayList<>();
        new Migration(settings(), progress::add).run();
        return progress;
    }

    /** The same with a binding key. */
    List<String> migrate(BindingKey key) {
        List<String> progress = new ArrayList<>();
        MigrationSettings without = settings();
        new Migration(
                        new MigrationSettings(
                                without.url(),
                                without.superuser(),
                                without.superuserPassword(),
                                without.ownerPassword(),
                                without.appPassword(),
                                without.keycloakPassword(),
                                without.maintenancePassword(),
                                key),
                        progress::add)
                .run();
        return progress;
    }

    MigrationSettings settings() {
        return new MigrationSettings(
                url("latchkey"), "postgres", "postgres", OWNER_PASSWORD, APP_PASSWORD, KEYCLOAK_PASSWORD, null, null);
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:%d/%s".formatted(postgres.getPort(), database);
    }

    DataSource dataSource(String database) {
        return postgres.getDatabase("postgres", database);
    }

    /** In database latchkey. */
    Session connectAs(String role) {
        return Session.open(postgres.getDatabase(role, "latchkey"));
    }

    /** As the application, its transaction bound to {@code owner}. */
    Session boundTo(String owner) {
        Session session = connectAs("latchkey_app");
        session.text("select set_config('app.user_id', ?, true)", owner);
        return session;
    }

    /** What the server has logged, every statement among it. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        Files.deleteIfExists(log);
    }
}
