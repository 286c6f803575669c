package dev.latchkey.api.web;

import dev.latchkey.api.correlation.Correlation;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;

@Configuration(proxyBeanMethods = false)
class CorrelationConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> correlationOfRequests() {
        return factory -> factory.addEngineValves(new CorrelationValve());
    }

    /** What a request leaves to Spring's executor, streamed answers among it, is still that request's. */
    @Bean
    TaskDecorator correlationOfTasks() {
        return Correlation::wrap;
    }
}
