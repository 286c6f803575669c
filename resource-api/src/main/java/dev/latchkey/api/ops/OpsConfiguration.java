package dev.latchkey.api.ops;

import dev.latchkey.api.entitlement.Entitlements;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** In force whatever is switched on: a route below these paths is never open by being forgotten here. */
@Configuration(proxyBeanMethods = false)
class OpsConfiguration implements WebMvcConfigurer {

    private final Entitlements entitlements;

    OpsConfiguration(Entitlements entitlements) {
        this.entitlements = entitlements;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new OperatorsOnly(entitlements))
                .addPathPatterns("/internal/ops/**", "/internal/debug/**");
    }
}
