package dev.latchkey.api.observability;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Logs, traces and metrics are sent by OTLP only where an address says to where; without one nothing of it is set up, and a request pays
 * nothing. Spring Boot would send metrics to localhost, and make spans that go nowhere.
 */
public final class TelemetrySwitch implements AutoConfigurationImportFilter, EnvironmentAware {

    static final String METRICS = "management.otlp.metrics.export.url";
    static final String TRACES = "management.opentelemetry.tracing.export.otlp.endpoint";
    static final String LOGS = "management.opentelemetry.logging.export.otlp.endpoint";

    private static final String PACKAGE = "org.springframework.boot.";

    /** By the package of Spring Boot's configurations. */
    private static final Map<String, String[]> NEEDED = Map.of(
            PACKAGE + "micrometer.metrics.autoconfigure.export.otlp.", new String[] {METRICS},
            PACKAGE + "micrometer.tracing.", new String[] {TRACES},
            PACKAGE + "opentelemetry.autoconfigure.logging.", new String[] {LOGS},
            PACKAGE + "opentelemetry.autoconfigure.OpenTelemetrySdk", new String[] {TRACES, LOGS});

    private @Nullable Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] configurations, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[configurations.length];
        for (int i = 0; i < wanted.length; i++) {
            String name = configurations[i];
            wanted[i] = name == null
                    || NEEDED.entrySet().stream()
                            .filter(entry -> name.startsWith(entry.getKey()))
                            .allMatch(entry -> isAnySet(entry.getValue()));
        }
        return wanted;
    }

    private boolean isAnySet(String[] addresses) {
        for (String address : addresses) {
            if (environment != null && !environment.getProperty(address, "").isBlank()) {
                return true;
            }
        }
        return false;
    }
}
