package dev.latchkey.liquibase;

import dev.latchkey.rowsecurity.binding.BindingKey;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * Brings the database to the state that the changelogs describe: creates the database if it is missing, then roles and Keycloak's database as
 * superuser, then the schema as {@code latchkey_owner}. Can be repeated: what has run does not run again; passwords are set anew.
 */
public final class Migration {

    /** Any number that no other use of advisory locks in database postgres has. */
    private static final long LOCK = 0x4C61_7463_686B_6579L;

    /** A comment, because everybody may read one and it takes no table, view or function that would have to be protected. */
    private static final String PUBLISH = """
            do $$
            begin
              execute format('comment on schema liquibase is %L', (
                select string_agg(format('%s:%s', substring(filename from '[^/]+$'), id), ' ' order by filename, id)
                from (select filename, id from liquibase.roleschangelog
                  union select filename, id from liquibase.databasechangelog) applied));
            end
            $$""";

    private final MigrationSettings settings;
    private final Consumer<String> progress;

    /**
     * A migration yet to run.
     *
     * @param settings where and with which passwords
     * @param progress takes one line for each step
     */
    public Migration(MigrationSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Ends with status 1 and one line on standard error if something is wrong; the variables are those of {@link MigrationSettings#of}. */
    public static void main(String[] arguments) {
        try {
            new Migration(MigrationSettings.of(System.getenv()), System.out::println).run();
        } catch (MigrationException e) {
            System.err.println("Migration failed. " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Runs all phases. Waits if another migration of the same server is under way.
     *
     * @throws MigrationException if the server cannot be reached or a changeset fails; what had run before stays
     */
    public void run() {
        var server = new Server(settings.url());
        try (Connection maintenance = server.connectToMaintenance(settings.superuser(), settings.superuserPassword())) {
            lock(maintenance);
            createDatabase(maintenance, server.database());
            progress.accept("Roles and databases, as " + settings.superuser());
            updateRoles(server);
            setPasswords(maintenance);
            progress.accept("Schema, as latchkey_owner");
            updateMain(server);
            addBindingKey(server);
            publish(server);
        } catch (SQLException e) {
            throw new MigrationException(OneLine.of(e), e);
        }
        progress.accept("Database " + server.database() + " is up to date");
    }

    private void updateRoles(Server server) throws SQLException {
        try (Connection connection = server.connect(settings.superuser(), settings.superuserPassword())) {
            try (var statement = connection.createStatement()) {
                statement.execute("create schema if not exists " + Changelog.SCHEMA);
            }
            Changelog.ROLES.update(connection, progress);
        }
    }

    private void updateMain(Server server) throws SQLException {
        try (Connection connection = server.connect("latchkey_owner", settings.ownerPassword())) {
            Changelog.MAIN.update(connection, progress);
        }
    }

    /** For the API, which compares it with what it was built for and may not read Liquibase's tables. */
    private void publish(Server server) throws SQLException {
        try (Connection connection = server.connect(settings.superuser(), settings.superuserPassword());
                var statement = connection.createStatement()) {
            statement.execute(PUBLISH);
        }
    }

    private void addBindingKey(Server server) throws SQLException {
        BindingKey key = settings.bindingKey();
        if (key != null) {
            try (Connection connection = server.connect("latchkey_owner", settings.ownerPassword())) {
                add(key, connection);
            }
        }
    }

    /** By COPY, whose data the server never logs: it logs SQL text, and parameters too if it is told to log statements. */
    private void add(BindingKey key, Connection connection) throws SQLException {
        try (var exists = connection.prepareStatement("select from app.binding_key where id = ?")) {
            exists.setString(1, key.id());
            if (exists.executeQuery().next()) {
                return;
            }
        }
        String row = "\\\\x" + HexFormat.of().formatHex(key.secret()) + "\n";
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy app.binding_key (secret) from stdin", new StringReader(row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.accept("Added binding key " + key.id());
    }

    /** Held until the connection closes, also when this process is killed. */
    private void lock(Connection connection) throws SQLException {
        try (var attempt = connection.prepareStatement("select pg_try_advisory_lock(?)");
                var wait = connection.prepareStatement("select pg_advisory_lock(?)")) {
            attempt.setLong(1, LOCK);
            var result = attempt.executeQuery();
            result.next();
            if (!result.getBoolean(1)) {
                progress.accept("Another migration is running: waiting for it to end");
                wait.setLong(1, LOCK);
                wait.execute();
            }
        }
    }

    private void createDatabase(Connection connection, String database) throws SQLException {
        try (var exists = connection.prepareStatement("select from pg_database where datname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, database);
            if (!exists.executeQuery().next()) {
                create.execute("create database " + create.enquoteIdentifier(database, true)
                        + " template template0 encoding 'UTF8'");
                progress.accept("Created database " + database);
            }
        }
    }

    /** By the driver, which sends a SCRAM verifier: a password in SQL text would reach the server's log. */
    private void setPasswords(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        postgres.alterUserPassword("latchkey_owner", settings.ownerPassword().toCharArray(), null);
        postgres.alterUserPassword("latchkey_app", settings.appPassword().toCharArray(), null);
        postgres.alterUserPassword("keycloak", settings.keycloakPassword().toCharArray(), null);
        String maintenance = settings.maintenancePassword();
        if (maintenance != null) {
            postgres.alterUserPassword("latchkey_maintenance", maintenance.toCharArray(), null);
        }
        try (var statement = connection.createStatement()) {
            statement.execute("alter role latchkey_maintenance " + (maintenance == null ? "nologin" : "login"));
        }
    }
}
