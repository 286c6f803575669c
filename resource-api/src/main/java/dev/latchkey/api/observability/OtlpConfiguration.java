package dev.latchkey.api.observability;

import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Spring Boot does not set up by itself, or not as discreetly. */
@Configuration(proxyBeanMethods = false)
class OtlpConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(TelemetrySwitch.LOGS)
    static class Logs {

        @Bean
        OtlpLogAppender otlpLogAppender(SdkLoggerProvider loggers) {
            return new OtlpLogAppender(loggers);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(TelemetrySwitch.TRACES)
    static class Traces {

        @Bean
        SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
            return SpanExporters.of(
                    exporters.orderedStream().map(DiscreetSpans::new).toList());
        }

        @Bean
        SdkTracerProviderBuilderCustomizer traceOfTheRequest() {
            return builder -> builder.setIdGenerator(new TraceOfTheRequest());
        }
    }
}
