package dev.latchkey.api.web;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the pages of Swagger UI, of which nothing is packed with the API, from where the local stack has them. Elsewhere there is
 * nothing at its address.
 */
@Configuration(proxyBeanMethods = false)
class SwaggerUi implements WebMvcConfigurer {

    static final String ADDRESS = "/swagger-ui/";

    private final String directory;

    /** @param directory empty: there is no Swagger UI */
    SwaggerUi(@Value("${latchkey.swagger-ui}") String directory) {
        this.directory = directory;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        if (!directory.isBlank()) {
            registry.addResourceHandler(ADDRESS + "**").addResourceLocations(new FileSystemResource(directory + "/"));
        }
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        if (!directory.isBlank()) {
            registry.addRedirectViewController("/swagger-ui", ADDRESS);
            registry.addViewController(ADDRESS).setViewName("forward:" + ADDRESS + "index.html");
        }
    }
}
