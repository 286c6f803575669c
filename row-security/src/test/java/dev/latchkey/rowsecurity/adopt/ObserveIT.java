package dev.latchkey.rowsecurity.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.PolicyViolationException;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.autoconfigure.DoctorAutoConfiguration;
import dev.latchkey.rowsecurity.autoconfigure.RowSecurityAutoConfiguration;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An adoption that stops where denials are reported and let through. */
@ExtendWith(OutputCaptureExtension.class)
class ObserveIT {

    private final OwnerScope scope = new OwnerScope(() -> null);
    private SingleUserDatabase database;
    private HikariDataSource pool;

    @BeforeEach
    void observe() throws Exception {
        database = SingleUserDatabase.create();
        AdoptIT.adopt(database, AdoptIT.everything(database), Stage.OBSERVE, new Progress() {});
        database.execute("alter role " + database.appRole() + " login");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url(database.appRole()));
        config.setMaximumPoolSize(1);
        pool = new HikariDataSource(config);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void statementWhenTheApplicationIsTheOldOneThenWorksAsBeforeAndIsReportedOnceATransaction() throws Exception {
        try (Connection old = database.connectAs(SingleUserDatabase.OWNER);
                Statement statement = old.createStatement()) {
            old.setAutoCommit(false);

            assertThat(warnings(statement, "select count(*) from threads"))
                    .containsExactly(
                            "row security would deny: select on public.threads by role legacy_app, nobody bound");
            assertThat(warnings(statement, "select count(*) from threads")).isEmpty();
            assertThat(warnings(
                            statement, "insert into threads (name) values ('thread 1') on conflict (name) do nothing"))
                    .containsExactly(
                            "row security would deny: insert on public.threads by role legacy_app, nobody bound");
            assertThat(warnings(statement, "delete from \"Queue positions\" where id = 1"))
                    .anyMatch(warning -> warning.contains("delete on public.\"Queue positions\""));
            old.commit();
            assertThat(warnings(statement, "update threads set name = 'renamed' where id = 1"))
                    .hasSize(2);
            old.commit();
        }
        assertThat(database.texts("select owner_id from threads group by 1")).containsExactly("legacy-owner");
    }

    @Test
    void statementWhenAnotherOwnerIsBoundThenSaysSoAndNamesNobody() throws Exception {
        try (Connection connection = database.connectAs(database.appRole());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('app.user_id', 'alice', true)");

            assertThat(warnings(statement, "select name from threads where id = 1"))
                    .containsExactly("row security would deny: select on public.threads by role %s, another owner bound"
                            .formatted(database.appRole()));
        }
    }

    @Test
    void statementWhenTheRowsOwnerIsBoundThenReportsNothing() throws Exception {
        try (Connection connection = database.connectAs(database.appRole());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('app.user_id', 'legacy-owner', true)");

            assertThat(warnings(statement, "update threads set name = 'mine' where id = 1"))
                    .isEmpty();
            assertThat(warnings(statement, "insert into threads (name) values ('also mine')"))
                    .isEmpty();
        }
    }

    @Test
    void binderWhenNobodyIsInScopeThenLetsThroughAndLogsThePlaceUntilItIsEnforced(CapturedOutput output)
            throws Exception {
        DataSource bound = new BindingDataSource(pool, scope);

        assertThat(threads(bound)).isEqualTo(1000);
        assertThat(scope.runAs(Owner.of("legacy-owner"), () -> threads(bound))).isEqualTo(1000);
        assertThat(output)
                .contains("NOTHING IS ENFORCED")
                .contains("Row security would refuse, at " + ObserveIT.class.getName())
                .doesNotContain("legacy-owner");

        try (Adoption adoption = new Adoption(database.connectAs("postgres"), new Progress() {})) {
            adoption.enforce();
        }

        assertThat(AdoptIT.findings(database)).isEmpty();
        assertThat(threads(pool)).as("in the database, from that moment on").isZero();
        assertThatThrownBy(() -> threads(new BindingDataSource(pool, new OwnerScope(() -> null))))
                .isInstanceOf(UnboundException.class);
        // The binder of before learns it with one of the next connections.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThatThrownBy(() -> threads(bound)).isInstanceOf(UnboundException.class));
    }

    @Test
    void binderWhenEnforcedThenNobodyReadsAndWritesAsSomebodyElse() throws Exception {
        try (Adoption adoption = new Adoption(database.connectAs("postgres"), new Progress() {})) {
            adoption.enforce();
        }
        DataSource bound = new BindingDataSource(pool, scope);

        scope.runAs(Owner.of("bob"), () -> {
            assertThatThrownBy(() ->
                            inTransaction(bound, "insert into threads (owner_id, name) values ('legacy-owner', 'x')"))
                    .isInstanceOf(PolicyViolationException.class);
            // The same name as a thread of the legacy owner.
            inTransaction(bound, "insert into threads (name) values ('thread 1')");
        });
    }

    @Test
    void startWhenTheDatabaseOnlyObservesThenLogsWhatTheDoctorFindsAndRefusesOnceEnforced(CapturedOutput output)
            throws Exception {
        startApplication();
        assertThat(output)
                .contains("Row security only observes, and will not start: [")
                .contains("NOTHING IS ENFORCED");

        try (Adoption adoption = new Adoption(database.connectAs("postgres"), new Progress() {})) {
            adoption.enforce();
        }
        startApplication();

        database.execute("alter table threads no force row level security");
        assertThatThrownBy(this::startApplication).hasMessageContaining("[rls-not-forced] public.threads");
    }

    private void startApplication() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(RowSecurityAutoConfiguration.class, DoctorAutoConfiguration.class))
                .withBean(DataSource.class, () -> pool, bean -> bean.setDestroyMethodName(""))
                .run(context -> {
                    if (context.getStartupFailure() != null) {
                        throw new IllegalStateException(context.getStartupFailure());
                    }
                });
    }

    private static long threads(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement("select count(*) from threads");
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void inTransaction(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement(sql)) {
                statement.executeUpdate();
                connection.commit();
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> warnings(Statement statement, String sql) throws SQLException {
        statement.clearWarnings();
        statement.execute(sql);
        List<String> warnings = new ArrayList<>();
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            assertThat(warning.getSQLState()).isEqualTo("LK001");
            warnings.add(warning.getMessage());
        }
        return warnings;
    }
}
