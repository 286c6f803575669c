package dev.latchkey.rowsecurity.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.rowsecurity.testing.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.engine.jdbc.connections.spi.AbstractDataSourceBasedMultiTenantConnectionProviderImpl;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Hibernate's own multi-tenancy, whose connections come from the application. */
class TenantsIT {

    @Test
    void givenConnectionsOfADataSourceBeanThenItStarts() {
        try (ConfigurableApplicationContext application = start(Bound.class)) {
            assertThat(application.getBean(EntityManagerFactory.class).isOpen()).isTrue();
        }
    }

    @Test
    void givenConnectionsFromElsewhereThenItDoesNotStart() {
        assertThatThrownBy(() -> start(Unbound.class).close()).rootCause().hasMessageContaining("bound to no owner");
    }

    private static ConfigurableApplicationContext start(Class<?> configuration) {
        return new SpringApplicationBuilder(JpaApplication.class, configuration)
                .properties(
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off",
                        "spring.liquibase.enabled=false",
                        "spring.datasource.url=" + TestDatabase.url())
                .run();
    }

    static class Bound {

        @Bean
        HibernatePropertiesCustomizer tenants(DataSource bean) {
            return Tenants.from(bean);
        }
    }

    static class Unbound {

        @Bean
        HibernatePropertiesCustomizer tenants() {
            PGSimpleDataSource own = new PGSimpleDataSource();
            own.setUrl(TestDatabase.url());
            return Tenants.from(own);
        }
    }

    private static final class Tenants extends AbstractDataSourceBasedMultiTenantConnectionProviderImpl<String>
            implements CurrentTenantIdentifierResolver<String> {

        private final transient DataSource dataSource;

        private Tenants(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        static HibernatePropertiesCustomizer from(DataSource dataSource) {
            Tenants tenants = new Tenants(dataSource);
            return properties -> {
                properties.put(MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER, tenants);
                properties.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, tenants);
            };
        }

        @Override
        protected DataSource selectAnyDataSource() {
            return dataSource;
        }

        @Override
        protected DataSource selectDataSource(String tenant) {
            return dataSource;
        }

        @Override
        public String resolveCurrentTenantIdentifier() {
            return "only";
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }
    }
}
