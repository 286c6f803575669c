package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.OwnerResolver;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingOptions;
import org.hibernate.SessionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.util.function.SingletonSupplier;

/**
 * Binds every {@link javax.sql.DataSource} bean, guards every entity manager factory and keys every cache by owner. Without an {@link OwnerResolver} bean
 * only explicit {@link OwnerScope#runAs} and {@link OwnerScope#unowned} bind.
 */
@AutoConfiguration
@EnableConfigurationProperties(RowSecurityProperties.class)
public final class RowSecurityAutoConfiguration {

    @Bean
    OwnerScope ownerScope(ObjectProvider<OwnerResolver> resolvers) {
        // Looked up late: a resolver may itself need what needs a data source.
        SingletonSupplier<OwnerResolver> resolver =
                SingletonSupplier.of(() -> resolvers.getIfAvailable(() -> () -> null));
        return new OwnerScope(() -> resolver.obtain().resolve());
    }

    @Bean
    BindingOptions rowSecurityBindingOptions(RowSecurityProperties properties) {
        return properties.options();
    }

    @Bean
    static DataSourceBinder rowSecurityDataSourceBinder(
            ObjectProvider<OwnerScope> scope, ObjectProvider<BindingOptions> options) {
        return new DataSourceBinder(scope, options);
    }

    @Bean
    static CacheKeyer rowSecurityCacheKeyer(ObjectProvider<OwnerScope> scope) {
        return new CacheKeyer(scope);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({LocalContainerEntityManagerFactoryBean.class, SessionFactory.class})
    static class Jpa {

        @Bean
        static EntityManagerFactoryGuard rowSecurityEntityManagerFactoryGuard(ObjectProvider<OwnerScope> scope) {
            return new EntityManagerFactoryGuard(scope);
        }
    }
}
