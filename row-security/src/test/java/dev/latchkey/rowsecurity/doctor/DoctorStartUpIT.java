package dev.latchkey.rowsecurity.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

class DoctorStartUpIT {

    private static DoctorDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = DoctorDatabase.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @AfterEach
    void mend() throws SQLException {
        database.execute(
                "notes_owner", "alter table notes force row level security; revoke truncate on notes from notes_app");
    }

    @Test
    void startWhenAllIsWellThenStartsAndIsHealthy() {
        try (var application = startApplication()) {
            assertThat(health(application).health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void startWhenPlantedThenRefusesAndNamesEveryFinding() throws SQLException {
        database.execute(
                "notes_owner", "alter table notes no force row level security; grant truncate on notes to notes_app");

        assertThatThrownBy(DoctorStartUpIT::startApplication)
                .isInstanceOf(UnsafeDatabaseException.class)
                .hasMessageContainingAll("rls-not-forced", "table-grant", "public.notes", "Mend: ");
    }

    @Test
    void healthWhenPlantedAfterTheStartThenDownWithCodesOnly() throws SQLException {
        try (var application = startApplication()) {
            database.execute("notes_owner", "alter table notes no force row level security");

            var health = health(application).health();

            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).hasToString("{findings=[rls-not-forced]}");
        }
    }

    private static HealthIndicator health(ConfigurableApplicationContext application) {
        return application.getBean("rowSecurityHealthIndicator", HealthIndicator.class);
    }

    private static ConfigurableApplicationContext startApplication() {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "spring.datasource.url=" + database.url(),
                        "spring.main.web-application-type=none",
                        "spring.jpa.open-in-view=false")
                .run();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
