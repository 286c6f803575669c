package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerResolver;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingOptions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.hibernate.SessionFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.util.function.SingletonSupplier;

/**
 * Binds every {@link javax.sql.DataSource} bean, guards every entity manager factory and keys every cache by owner. Without an {@link OwnerResolver} bean
 * (or {@code single-owner}) only explicit {@link OwnerScope#runAs} and {@link OwnerScope#unowned} bind.
 */
@AutoConfiguration
@EnableConfigurationProperties(RowSecurityProperties.class)
public final class RowSecurityAutoConfiguration {

    private static final Log LOG = LogFactory.getLog(RowSecurityAutoConfiguration.class);

    @Bean
    OwnerScope ownerScope(
            ObjectProvider<OwnerResolver> resolvers, ListableBeanFactory beans, RowSecurityProperties properties) {
        Owner single = properties.owner();
        if (single != null) {
            if (beans.getBeanNamesForType(OwnerResolver.class, true, false).length > 0) {
                throw new IllegalStateException(
                        "latchkey.row-security.single-owner is for an application without users, and this one has an"
                                + " OwnerResolver: remove the property");
            }
            LOG.warn("Everything acts for one owner: remove latchkey.row-security.single-owner once there are users");
            return OwnerScope.ofSingle(single);
        }
        // Looked up late: a resolver may itself need what needs a data source.
        SingletonSupplier<OwnerResolver> resolver =
                SingletonSupplier.of(() -> resolvers.getIfAvailable(() -> () -> null));
        return new OwnerScope(() -> resolver.obtain().resolve());
    }

    @Bean
    BindingOptions rowSecurityBindingOptions(RowSecurityProperties properties) {
        return properties.options();
    }

    /** Needed by bean post-processors, so made before them: the role tells Spring that this is meant. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static InMemoryDatabases rowSecurityInMemoryDatabases() {
        return new InMemoryDatabases();
    }

    @Bean
    static DataSourceBinder rowSecurityDataSourceBinder(
            ObjectProvider<OwnerScope> scope,
            ObjectProvider<BindingOptions> options,
            InMemoryDatabases inMemory,
            ListableBeanFactory beans) {
        return new DataSourceBinder(scope, options, inMemory, beans);
    }

    @Bean
    static CacheKeyer rowSecurityCacheKeyer(ObjectProvider<OwnerScope> scope) {
        return new CacheKeyer(scope);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({LocalContainerEntityManagerFactoryBean.class, SessionFactory.class})
    static class Jpa {

        @Bean
        static EntityManagerFactoryGuard rowSecurityEntityManagerFactoryGuard(
                ObjectProvider<OwnerScope> scope, InMemoryDatabases inMemory) {
            return new EntityManagerFactoryGuard(scope, inMemory);
        }
    }
}
