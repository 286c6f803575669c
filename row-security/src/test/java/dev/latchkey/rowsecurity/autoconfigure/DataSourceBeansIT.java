package dev.latchkey.rowsecurity.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfigMXBean;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.UnboundException;
import dev.latchkey.rowsecurity.binding.BindingDataSource;
import dev.latchkey.rowsecurity.doctor.UnsafeDatabaseException;
import dev.latchkey.rowsecurity.testing.TestDatabase;
import java.io.Closeable;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.UserCredentialsDataSourceAdapter;

/** Data source and cache beans that an application may have besides its one pool. */
class DataSourceBeansIT {

    private static final Owner ALICE = Owner.of("alice");
    private static final Owner BOB = Owner.of("bob");

    private final ApplicationContextRunner undoctored =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RowSecurityAutoConfiguration.class));
    private final ApplicationContextRunner application =
            undoctored.withConfiguration(AutoConfigurations.of(DoctorAutoConfiguration.class));

    /** The shared test database has a table that nobody protects. */
    @Test
    void startWhenASecondOneIsNoCandidateThenTheDoctorExaminesItAllTheSame() {
        application
                .withUserConfiguration(NoDefaultCandidate.class)
                .run(context -> assertThat(context).getFailure().isInstanceOf(UnsafeDatabaseException.class));
        application
                .withUserConfiguration(NoCandidate.class)
                .run(context -> assertThat(context).getFailure().isInstanceOf(UnsafeDatabaseException.class));
    }

    @Test
    void startWhenBeansAreLazyThenTheDoctorExaminesThemAllTheSame() {
        application
                .withInitializer(context -> context.addBeanFactoryPostProcessor(
                        new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()))
                .withUserConfiguration(NoDefaultCandidate.class)
                .run(context -> assertThat(context).getFailure().isInstanceOf(UnsafeDatabaseException.class));
    }

    @Test
    void useWhenAnotherRoleLogsInThenRefused() {
        undoctored.withUserConfiguration(NoDefaultCandidate.class).run(context -> {
            DataSource second = context.getBean("second", DataSource.class);
            assertThatThrownBy(() -> second.getConnection("postgres", "")).isInstanceOf(SQLException.class);
            UserCredentialsDataSourceAdapter adapter = new UserCredentialsDataSourceAdapter();
            adapter.setTargetDataSource(second);
            adapter.setUsername("postgres");
            assertThatThrownBy(adapter::getConnection).isInstanceOf(SQLException.class);
        });
    }

    @Test
    void unwrapWhenNoJmxViewThenRefused() throws SQLException {
        try (var pool = TestDatabase.pool(1)) {
            BindingDataSource bound = new BindingDataSource(pool, new OwnerScope(() -> null));
            assertThatThrownBy(() -> bound.unwrap(AutoCloseable.class)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> bound.unwrap(Closeable.class)).isInstanceOf(SQLException.class);
            assertThat(bound.isWrapperFor(Closeable.class)).isFalse();
            assertThat(bound.unwrap(HikariConfigMXBean.class).getMaximumPoolSize())
                    .isEqualTo(1);
        }
    }

    @Test
    void useWhenThereAreSeveralThenEachIsBound() {
        undoctored
                .withUserConfiguration(NoDefaultCandidate.class, NoCandidate.class)
                .run(context -> {
                    for (String name : new String[] {"second", "third"}) {
                        JdbcTemplate jdbc = new JdbcTemplate(context.getBean(name, DataSource.class));
                        assertThatThrownBy(() -> jdbc.queryForList("select title from notes"))
                                .isInstanceOf(UnboundException.class);
                    }
                });
    }

    @Test
    void cacheWhenItIsABeanItselfThenKeyedByOwner() {
        undoctored.withUserConfiguration(OwnCache.class).run(context -> {
            Cache cache = context.getBean(Cache.class);
            OwnerScope scope = context.getBean(OwnerScope.class);
            scope.runAs(ALICE, () -> cache.put("key", "alices"));
            Supplier<Object> seen = () -> cache.get("key");
            assertThat(scope.<Object>runAs(BOB, seen)).isNull();
            assertThat(cache.get("key")).isNull();
            assertThat(scope.<Object>runAs(ALICE, seen)).isNotNull();
        });
    }

    private static DataSource database() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(TestDatabase.url());
        return database;
    }

    static class NoDefaultCandidate {

        @Bean(defaultCandidate = false)
        DataSource second() {
            return database();
        }
    }

    static class NoCandidate {

        @Bean(autowireCandidate = false)
        DataSource third() {
            return database();
        }
    }

    static class OwnCache {

        @Bean
        Cache notes() {
            return new ConcurrentMapCache("notes");
        }
    }
}
