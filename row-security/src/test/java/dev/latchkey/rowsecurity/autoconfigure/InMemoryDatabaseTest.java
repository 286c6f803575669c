package dev.latchkey.rowsecurity.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import dev.latchkey.rowsecurity.BindingFailedException;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(OutputCaptureExtension.class)
class InMemoryDatabaseTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    RowSecurityAutoConfiguration.class,
                    DoctorAutoConfiguration.class));

    @Test
    void startWhenInMemoryThenLeftAloneWithAWarning(CapturedOutput output) {
        application.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(DataSource.class)).isNotInstanceOf(BindingDataSource.class);
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("select 1", Integer.class))
                    .isEqualTo(1);
            assertThat(output).containsOnlyOnce("Nothing is protected in data source dataSource");
            var health = context.getBean(HealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("unprotected", "in-memory database");
        });
    }

    @Test
    void persistWhenInMemoryThenHibernateIsNotGuarded() {
        application
                .withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
                .withPropertyValues("spring.jpa.hibernate.ddl-auto=create-drop")
                .withUserConfiguration(Entities.class)
                .run(context -> {
                    Long id = context.getBean(EntityManagerFactory.class).callInTransaction(entities -> {
                        Thing thing = new Thing();
                        entities.persist(thing);
                        return thing.id;
                    });

                    Thing found = context.getBean(EntityManagerFactory.class)
                            .callInTransaction(entities -> entities.find(Thing.class, id));
                    assertThat(found).isNotNull();
                });
    }

    @Test
    void startWhenOnDiskThenRefused(@TempDir java.nio.file.Path directory) {
        application
                .withPropertyValues("spring.datasource.url=jdbc:h2:file:" + directory.resolve("kept"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(BindingFailedException.class)
                        .hasMessageContaining("org.postgresql"));
    }

    @Test
    void sliceWhenTestedThenProtectedLikeTheApplication() {
        for (String slice : new String[] {
            "data.jpa.test.autoconfigure.AutoConfigureDataJpa",
            "jdbc.test.autoconfigure.AutoConfigureJdbc",
            "data.jdbc.test.autoconfigure.AutoConfigureDataJdbc",
            "jooq.test.autoconfigure.AutoConfigureJooq"
        }) {
            assertThat(contentOf(
                            getClass().getResource("/META-INF/spring/org.springframework.boot." + slice + ".imports")))
                    .as(slice)
                    .isEqualTo("""
                            dev.latchkey.rowsecurity.autoconfigure.RowSecurityAutoConfiguration
                            dev.latchkey.rowsecurity.autoconfigure.DoctorAutoConfiguration
                            """);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = InMemoryDatabaseTest.class)
    static class Entities {}

    @Entity
    static class Thing {

        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        private Long id;
    }
}
