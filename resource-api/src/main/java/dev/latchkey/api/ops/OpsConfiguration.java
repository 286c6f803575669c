package dev.latchkey.api.ops;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** In force whatever is switched on: a route below these paths is never open by being forgotten here. */
@Configuration(proxyBeanMethods = false)
class OpsConfiguration implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new OperatorsOnly()).addPathPatterns("/internal/ops/**", "/internal/debug/**");
    }
}
