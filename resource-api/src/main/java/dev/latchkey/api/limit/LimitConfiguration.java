package dev.latchkey.api.limit;

import dev.latchkey.api.entitlement.Quotas;
import dev.latchkey.rowsecurity.OwnerScope;
import java.util.EnumSet;
import javax.sql.DataSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    @Bean
    RateLimitFilter rateLimitFilter(RateLimits limits, Quotas quotas, DataSource database, OwnerScope scope) {
        quotas.requireRatesOf(
                EnumSet.allOf(RequestClass.class).stream()
                        .map(RequestClass::toString)
                        .toList(),
                RateLimits.MOST);
        Budgets budgets = switch (limits.store()) {
            case MEMORY -> new MemoryBudgets();
            case POSTGRES -> new PostgresBudgets(database, scope);
        };
        return new RateLimitFilter(limits, quotas, budgets);
    }

    /** It stands in the security chain, behind authentication, and not in front of it as well. */
    @Bean
    FilterRegistrationBean<RateLimitFilter> rateLimitFilterOnce(RateLimitFilter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }
}
