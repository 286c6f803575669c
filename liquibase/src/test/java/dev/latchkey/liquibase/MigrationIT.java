package dev.latchkey.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.binding.BindingKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MigrationIT {

    private final TestServer server = Migrated.server();

    @Nested
    class OnAFreshServer {

        private TestServer server;

        @BeforeEach
        void start() {
            server = TestServer.start();
        }

        @AfterEach
        void stop() throws Exception {
            server.close();
        }

        @Test
        void runWithABindingKeyThenOnlySignedBindingsCountAndTheKeyStandsInNoLog() throws Exception {
            BindingKey key = BindingKey.of(TestServer.BINDING_KEY);
            assertThat(server.migrate(key)).contains("Added binding key " + key.id());
            assertThat(server.migrate(key)).noneMatch(line -> line.startsWith("Added binding key"));

            try (Session unsigned = server.boundTo("alice")) {
                assertThat(unsigned.text("select coalesce(app.current_owner(), 'nobody')"))
                        .isEqualTo("nobody");
            }
            assertThat(server.log())
                    .contains("copy app.binding_key")
                    .doesNotContain(TestServer.BINDING_KEY, HexFormat.of().formatHex(key.secret()));
        }

        @Test
        void twoRunsAtOnceThenOneWaitsForTheOther() {
            var other = CompletableFuture.supplyAsync(server::migrate);
            List<String> lines = new ArrayList<>(server.migrate());
            lines.addAll(other.join());

            assertThat(lines).containsOnlyOnce("Created database latchkey", "  roles.sql: roles", "  works.sql: works");
        }

        @Test
        void rolesThatAreThereAlreadyThenAreMadeRight() throws Exception {
            try (Session superuser = Session.open(server.dataSource("postgres"))) {
                superuser.update("create role latchkey_app superuser bypassrls");
                superuser.commit();
            }

            server.migrate();

            try (Session superuser = server.connectAs("postgres")) {
                assertThat(
                                superuser.text(
                                        "select concat(rolsuper, rolbypassrls, rolcanlogin) from pg_roles where rolname = 'latchkey_app'"))
                        .isEqualTo("fft");
            }
        }

        @Test
        void everyChangesetCanBeTakenBackAndRunAgain() throws Exception {
            server.migrate();
            List<String> schema = SchemaSnapshot.of(server);

            rollback(Changelog.MAIN, "latchkey_owner", "databasechangelog");
            rollback(Changelog.ROLES, "postgres", "roleschangelog");

            assertThat(SchemaSnapshot.of(server))
                    .as("what is left")
                    .noneMatch(
                            line -> line.matches(
                                    "(?s)(relation|function|policy|role (latchkey|keycloak)|database keycloak|schema (app|maintenance)).*"))
                    .contains("schema public {pg_database_owner=UC/pg_database_owner,=U/pg_database_owner}");

            server.migrate();

            assertThat(SchemaSnapshot.of(server)).isEqualTo(schema);
        }

        private void rollback(Changelog changelog, String role, String table) throws SQLException {
            int count;
            try (Session superuser = server.connectAs("postgres")) {
                count = Integer.parseInt(superuser.text("select count(*) from liquibase." + table));
            }
            try (Session session = server.connectAs(role)) {
                changelog.rollback(session.connection(), count, line -> {});
            }
        }
    }

    @Test
    void runWhenAllHasRunThenChangesNothing() throws Exception {
        List<String> schema = SchemaSnapshot.of(server);
        List<String> history = history();

        List<String> progress = server.migrate();

        assertThat(progress).noneMatch(line -> line.startsWith("  ") || line.startsWith("Created"));
        assertThat(SchemaSnapshot.of(server)).isEqualTo(schema);
        assertThat(history()).isEqualTo(history);
    }

    @Test
    void runWhenRunThenPasswordsAreSetAndStandInNoLog() throws Exception {
        try (Session superuser = server.connectAs("postgres")) {
            assertThat(superuser.texts(
                            "select rolname from pg_authid where rolpassword like 'SCRAM-SHA-256$%' order by rolname"))
                    .contains("keycloak", "latchkey_app", "latchkey_owner");
        }
        assertThat(server.log())
                .contains("create schema if not exists app")
                .doesNotContain(TestServer.OWNER_PASSWORD, TestServer.APP_PASSWORD, TestServer.KEYCLOAK_PASSWORD);
    }

    @Test
    void runWhenAnEarlierOneWasKilledThenItsLockDoesNotHold() throws Exception {
        try (Session superuser = server.connectAs("postgres")) {
            superuser.update("update liquibase.databasechangeloglock set locked = true, lockedby = 'a killed one'");
            superuser.update("update liquibase.roleschangeloglock set locked = true, lockedby = 'a killed one'");
            superuser.commit();
        }

        assertThat(server.migrate()).last().isEqualTo("Database latchkey is up to date");
    }

    @Test
    void runWhenRunThenLiquibaseKeepsItsTablesOutOfTheApplicationsSchema() throws Exception {
        try (Session superuser = server.connectAs("postgres")) {
            assertThat(
                            superuser.texts(
                                    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition"))
                    .containsExactlyInAnyOrder(
                            "app_users",
                            "audit",
                            "rate_limits",
                            "works",
                            "assets",
                            "annotations",
                            "cards",
                            "blobs",
                            "device_blobs",
                            "settings",
                            "receipts",
                            "snapshots",
                            "snapshot_schedules");
            assertThat(
                            superuser.texts(
                                    "select has_schema_privilege('latchkey_app', oid, 'usage') from pg_namespace where nspname = 'liquibase'"))
                    .containsExactly("f");
        }
    }

    @Test
    void runWhenTheSchemaHoldsWhatAChangesetMakesThenOneLineNamesTheChangeset() throws Exception {
        rename("works", "forgotten");
        try {
            assertThatThrownBy(server::migrate)
                    .isInstanceOf(MigrationException.class)
                    .hasMessage("Changeset works.sql: works failed: ERROR: relation \"works\" already exists");
        } finally {
            rename("forgotten", "works");
        }
    }

    @Test
    void runWithAMaintenancePasswordThenThatRoleMayLogIn_andNoLongerWithoutIt() throws Exception {
        var settings = new MigrationSettings(
                server.url("latchkey"),
                "postgres",
                "postgres",
                TestServer.OWNER_PASSWORD,
                TestServer.APP_PASSWORD,
                TestServer.KEYCLOAK_PASSWORD,
                "maintenance-canary-2384",
                null);

        new Migration(settings, line -> {}).run();

        try (Session maintenance = server.connectAs("latchkey_maintenance")) {
            assertThat(maintenance.text("select maintenance.expire_rate_limits()"))
                    .isEqualTo("0");
        }
        assertThat(server.log()).doesNotContain("maintenance-canary-2384");
        server.migrate();
        assertThatThrownBy(() -> server.connectAs("latchkey_maintenance"))
                .hasStackTraceContaining("not permitted to log in");
    }

    @Test
    void runWhenNobodyListensThenOneLineSaysWhereAndAsWhom() {
        var settings = new MigrationSettings(
                "jdbc:postgresql://localhost:1/latchkey?password=hidden", "postgres", "p", "o", "a", "k", null, null);

        assertThatThrownBy(() -> new Migration(settings, line -> {}).run())
                .isInstanceOf(MigrationException.class)
                .hasMessage("Cannot connect to database postgres at localhost:1 as postgres: Connection refused");
    }

    private void rename(String changeset, String to) throws SQLException {
        try (Session superuser = server.connectAs("postgres")) {
            superuser.update("update liquibase.databasechangelog set id = ? where id = ?", to, changeset);
            superuser.commit();
        }
    }

    private List<String> history() throws Exception {
        try (Session superuser = server.connectAs("postgres")) {
            return superuser.texts("""
                    select concat_ws(' ', id, filename, dateexecuted, orderexecuted, exectype, md5sum) as line from liquibase.databasechangelog
                    union all
                    select concat_ws(' ', id, filename, dateexecuted, orderexecuted, exectype, md5sum) from liquibase.roleschangelog
                    order by line""");
        }
    }
}
