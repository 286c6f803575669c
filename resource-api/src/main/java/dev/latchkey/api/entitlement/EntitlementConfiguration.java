package dev.latchkey.api.entitlement;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** For every handler there is: none is left out by being forgotten. */
@Configuration(proxyBeanMethods = false)
class EntitlementConfiguration implements WebMvcConfigurer {

    private final Gate gate;

    EntitlementConfiguration(Entitlements entitlements, TierSettings tiers) {
        gate = new Gate(entitlements, tiers);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gate);
    }
}
