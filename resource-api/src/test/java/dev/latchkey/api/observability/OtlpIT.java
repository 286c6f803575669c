package dev.latchkey.api.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.OtlpReceiver;
import dev.latchkey.api.testkit.TestTokens;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class OtlpIT extends ApiTest {

    private static final OtlpReceiver COLLECTOR = new OtlpReceiver();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @DynamicPropertySource
    static void collector(DynamicPropertyRegistry registry) {
        registry.add("management.otlp.metrics.export.url", () -> COLLECTOR.url("/v1/metrics"));
        registry.add("management.otlp.metrics.export.step", () -> "1s");
        registry.add("management.opentelemetry.tracing.export.otlp.endpoint", () -> COLLECTOR.url("/v1/traces"));
        registry.add("management.opentelemetry.tracing.export.schedule-delay", () -> "100ms");
        registry.add("management.opentelemetry.logging.export.otlp.endpoint", () -> COLLECTOR.url("/v1/logs"));
        registry.add("management.opentelemetry.logging.export.schedule-delay", () -> "100ms");
    }

    private HttpResponse<String> fault() {
        return send(request("/test/fault/path-canary?query=canary")
                .header(
                        "Authorization",
                        "Bearer "
                                + TestTokens.with(
                                        "owner-canary", claims -> claims.claim("email", "mail-canary@example.test")))
                .header("X-Request-Id", "request-1")
                .header("X-Device-Id", "0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11")
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
    }

    @Test
    void givenAFaultInASampledTrace_thenLogTraceAndMetricsArriveWithoutAValue() throws Exception {
        assertProblem(fault(), 500, "internal_error");

        LogRecord line = await(() -> logs().stream()
                .filter(record -> "request-1"
                        .equals(attributes(record.getAttributesList()).get("request_id")))
                .toList());
        assertThat(attributes(line.getAttributesList()))
                .containsEntry("request_id", "request-1")
                .containsEntry("device_id", "0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11")
                .containsEntry("actor_uid", "A".repeat(43))
                .containsEntry("exception.type", "java.lang.IllegalStateException")
                .hasEntrySatisfying(
                        "exception.stacktrace", trace -> assertThat(trace).contains("OtlpIT$Faulty"));
        assertThat(hex(line.getTraceId().toByteArray())).isEqualTo(TRACE);

        Span span = await(() -> spans().stream()
                .filter(s -> hex(s.getTraceId().toByteArray()).equals(TRACE))
                .toList());
        assertThat(span.getName()).isEqualTo("http get /test/fault/{value}");
        assertThat(hex(span.getParentSpanId().toByteArray())).isEqualTo("00f067aa0ba902b7");
        assertThat(attributes(span.getAttributesList())).containsEntry("status", "500");

        byte[] metrics = await(() -> COLLECTOR.at("/v1/metrics").stream()
                .filter(body -> parsed(body).contains("http.server.requests"))
                .toList());
        assertThat(parsed(metrics))
                .contains("http.server.requests")
                .doesNotContain("actor_uid", "request_id", "device_id");

        assertThat(logs().toString() + spans() + parsed(metrics)).doesNotContain("canary");
    }

    @Test
    void givenNoTraceOfTheCaller_thenTheSpanHasTheOneOfTheLog() throws Exception {
        for (int i = 0; i < 100; i++) {
            send(request("/test/fault/" + i).header("Authorization", "Bearer " + TestTokens.of("x")));
        }

        // One of a hundred that are sampled with a probability of a tenth, but for one run in 40,000.
        Span span = await(() -> {
            Set<String> logged = logs().stream()
                    .map(record -> attributes(record.getAttributesList()).get("trace.id"))
                    .collect(Collectors.toSet());
            return spans().stream()
                    .filter(s -> s.getParentSpanId().isEmpty()
                            && logged.contains(hex(s.getTraceId().toByteArray())))
                    .toList();
        });
        assertThat(span.getName()).isEqualTo("http get /test/fault/{value}");
    }

    private interface Source<T> {
        List<T> get() throws Exception;
    }

    private static <T> T await(Source<T> source) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        List<T> found = source.get();
        while (found.isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(50);
            found = source.get();
        }
        assertThat(found).isNotEmpty();
        return found.get(0);
    }

    private static List<LogRecord> logs() throws InvalidProtocolBufferException {
        List<LogRecord> all = new ArrayList<>();
        for (byte[] body : COLLECTOR.at("/v1/logs")) {
            ExportLogsServiceRequest.parseFrom(body)
                    .getResourceLogsList()
                    .forEach(resource ->
                            resource.getScopeLogsList().forEach(scope -> all.addAll(scope.getLogRecordsList())));
        }
        return all;
    }

    private static List<Span> spans() throws InvalidProtocolBufferException {
        List<Span> all = new ArrayList<>();
        for (byte[] body : COLLECTOR.at("/v1/traces")) {
            ExportTraceServiceRequest.parseFrom(body)
                    .getResourceSpansList()
                    .forEach(resource ->
                            resource.getScopeSpansList().forEach(scope -> all.addAll(scope.getSpansList())));
        }
        return all;
    }

    private static String parsed(byte[] metrics) {
        try {
            return ExportMetricsServiceRequest.parseFrom(metrics).toString();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, value -> value.getValue().getStringValue()));
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    @TestConfiguration
    static class Configuration {

        @Bean
        Faulty faulty() {
            return new Faulty();
        }
    }

    @RestController
    static class Faulty {

        @GetMapping("/test/fault/{value}")
        String fault() {
            throw new IllegalStateException("message-canary");
        }
    }
}
