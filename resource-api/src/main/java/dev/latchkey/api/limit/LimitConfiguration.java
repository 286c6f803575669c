package dev.latchkey.api.limit;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    @Bean
    RateLimitFilter rateLimitFilter(RateLimits limits) {
        return new RateLimitFilter(limits, new MemoryBudgets());
    }

    /** It stands in the security chain, behind authentication, and not in front of it as well. */
    @Bean
    FilterRegistrationBean<RateLimitFilter> rateLimitFilterOnce(RateLimitFilter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }
}
