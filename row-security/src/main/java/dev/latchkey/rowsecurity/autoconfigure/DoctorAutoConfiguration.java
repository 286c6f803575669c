package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingOptions;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Examines every data source bean before the application takes its first request, and again for its health. */
@AutoConfiguration(after = RowSecurityAutoConfiguration.class)
public final class DoctorAutoConfiguration {

    @Bean
    Checkup rowSecurityCheckup(
            ListableBeanFactory beans, OwnerScope scope, BindingOptions options, InMemoryDatabases inMemory) {
        return new Checkup(beans, scope, options, inMemory);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({AbstractHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class Health {

        @Bean
        @ConditionalOnEnabledHealthIndicator("row-security")
        RowSecurityHealthIndicator rowSecurityHealthIndicator(Checkup checkup, InMemoryDatabases inMemory) {
            return new RowSecurityHealthIndicator(checkup, inMemory);
        }
    }
}
