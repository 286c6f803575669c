package dev.latchkey.rowsecurity.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.autoconfigure.DoctorAutoConfiguration;
import dev.latchkey.rowsecurity.autoconfigure.RowSecurityAutoConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class DoctorStartUpIT {

    private static final DoctorDatabase DATABASE = DoctorDatabase.shared();

    @AfterEach
    void mend() throws SQLException {
        DATABASE.execute(
                "notes_owner", "alter table notes force row level security; revoke truncate on notes from notes_app");
    }

    @Test
    void startWhenAllIsWellThenStartsAndIsHealthy() {
        try (var application = startApplication()) {
            assertThat(health(application).health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @ParameterizedTest
    @MethodSource({
        "dev.latchkey.rowsecurity.doctor.Plants#around",
        "dev.latchkey.rowsecurity.doctor.Plants#inProtectedTable",
        "dev.latchkey.rowsecurity.doctor.Plants#beside"
    })
    void startWhenPlantedThenRefusesAndNamesIt(Plant plant) throws SQLException {
        try (Connection connection = DATABASE.connectAs("postgres")) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(plant.sql());
                statement.execute("set local session authorization notes_app");
            }

            applicationOn(connection)
                    .run(application -> assertThat(application)
                            .getFailure()
                            .isInstanceOf(UnsafeDatabaseException.class)
                            .hasMessageContainingAll(codes(plant)));
        }
    }

    @Test
    void startWhenSeveralArePlantedThenEveryOneIsNamed() throws SQLException {
        DATABASE.execute(
                "notes_owner", "alter table notes no force row level security; grant truncate on notes to notes_app");

        assertThatThrownBy(DoctorStartUpIT::startApplication)
                .isInstanceOf(UnsafeDatabaseException.class)
                .hasMessageContainingAll(
                        "[rls-not-forced] public.notes", "[table-grant] public.notes: TRUNCATE", "Mend: ");
    }

    @Test
    void healthWhenPlantedAfterTheStartThenDownWithCodesOnly() throws SQLException {
        try (var application = startApplication()) {
            DATABASE.execute("notes_owner", "alter table notes no force row level security");

            var health = health(application).health();

            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).hasToString("{findings=[rls-not-forced]}");
        }
    }

    private static String[] codes(Plant plant) {
        return plant.findings().stream()
                .map(finding -> "[" + finding.replaceFirst(" ", "] "))
                .toArray(String[]::new);
    }

    /** The violation is planted in this connection's transaction, so that nothing has to be cleaned up. */
    private static ApplicationContextRunner applicationOn(Connection connection) {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(RowSecurityAutoConfiguration.class, DoctorAutoConfiguration.class))
                .withBean(DataSource.class, () -> new SingleConnectionDataSource(connection, true));
    }

    private static HealthIndicator health(ConfigurableApplicationContext application) {
        return application.getBean("rowSecurityHealthIndicator", HealthIndicator.class);
    }

    private static ConfigurableApplicationContext startApplication() {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "spring.datasource.url=" + DATABASE.url(),
                        "spring.main.web-application-type=none",
                        "spring.jpa.open-in-view=false")
                .run();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
