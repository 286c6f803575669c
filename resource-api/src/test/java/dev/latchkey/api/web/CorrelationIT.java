package dev.latchkey.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.latchkey.api.correlation.Correlation;
import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.LogEvents;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

class CorrelationIT extends ApiTest {

    private static final Logger log = LoggerFactory.getLogger(CorrelationIT.class);

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String DEVICE = "0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11";
    private static final String ACTOR = "A".repeat(43);

    private final LogEvents events = new LogEvents();

    @AfterEach
    void close() {
        events.close();
    }

    private HttpResponse<String> call(String path) {
        return send(as(newOwner(), path)
                .header("X-Request-Id", "request-1")
                .header("X-Session-Id", "session-1")
                .header("X-Device-Id", DEVICE.toUpperCase(Locale.ROOT))
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .header("X-Actor-Uid", "B".repeat(43))
                .header("X-User-Id", "mallory"));
    }

    private List<Map<String, String>> lines(String message) {
        return events.all().stream()
                .filter(event -> event.getFormattedMessage().contains(message))
                .map(ILoggingEvent::getMDCPropertyMap)
                .toList();
    }

    @Test
    void givenWellFormedHeaders_thenTheAnswerHasThem() {
        HttpResponse<String> response = call("/v1/me");

        assertThat(response.headers().firstValue("X-Request-Id")).hasValue("request-1");
        assertThat(response.headers().firstValue("X-Session-Id")).hasValue("session-1");
        assertThat(response.headers().firstValue("X-Device-Id")).hasValue(DEVICE);
        assertThat(response.headers().firstValue("traceparent").orElseThrow()).startsWith("00-" + TRACE + "-");
        assertThat(response.headers().map()).doesNotContainKeys("x-actor-uid", "x-user-id");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Session-Id, alice@example.test",
        "X-Session-Id, a b",
        "X-Device-Id, server",
        "X-Device-Id, 0b9f6ad42c844b1c9a522f3f0e3a6c11"
    })
    void givenOneThatIsNotWellFormed_thenItCountsAsNotSent(String name, String value) {
        HttpResponse<String> response = send(as(newOwner(), "/v1/me").header(name, value));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "callable", "streaming", "executor"})
    void givenAnyThread_thenItsLinesNameTheRequestAndTheActorOfTheToken(String way) {
        assertThat(call("/test/" + way).body()).isEqualTo("request-1");

        assertThat(lines("inside")).singleElement().satisfies(line -> assertNamed(line));
    }

    @Test
    void givenAFault_thenItsLineNamesThem() {
        HttpResponse<String> response = call("/test/fault");

        assertProblem(response, 500, "internal_error");
        assertThat(lines("Unexpected")).singleElement().satisfies(line -> assertNamed(line));
    }

    @Test
    void givenAFaultOutsideOfEveryFilter_thenTheAnswerAndTheLinesNameTheRequest() {
        HttpResponse<String> response = call("/test/outside");

        assertProblem(response, 500, "internal_error");
        assertThat(response.headers().firstValue("X-Request-Id")).hasValue("request-1");
        assertThat(response.headers().firstValue("X-Device-Id")).hasValue(DEVICE);
        assertThat(events.all())
                .filteredOn(event -> event.getThrowableProxy() != null)
                .singleElement()
                .satisfies(event -> assertThat(event.getMDCPropertyMap()).containsEntry("request_id", "request-1"));
    }

    @Test
    void givenNoSessionOfTheCaller_thenItIsTheTokens() {
        send(as(newOwner(), "/test/plain"));

        assertThat(lines("inside"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("session_id", "5c1d8f5e-3d2e-4c38-9f43-111111111111")
                        .doesNotContainKey("device_id"));
    }

    @Test
    void givenTheRequestIsOver_thenTheThreadNamesNobody() {
        for (int i = 0; i < 20; i++) {
            call("/test/plain");
            send(request("/health"));
        }

        assertThat(lines("at the door"))
                .hasSize(40)
                .allSatisfy(line -> assertThat(line).doesNotContainKey("actor_uid"));
        assertThat(lines("at the door"))
                .filteredOn(line -> !line.containsKey("session_id"))
                .hasSize(20);
    }

    private static void assertNamed(Map<String, String> line) {
        assertThat(line)
                .containsEntry("request_id", "request-1")
                .containsEntry("session_id", "session-1")
                .containsEntry("device_id", DEVICE)
                .containsEntry("trace.id", TRACE)
                .containsEntry("actor_uid", ACTOR);
    }

    private static String inside() {
        log.info("inside");
        return Correlation.current().orElseThrow().requestId();
    }

    @TestConfiguration
    static class Configuration {

        @Bean
        Endpoints endpoints(AsyncTaskExecutor applicationTaskExecutor) {
            return new Endpoints(applicationTaskExecutor);
        }

        @Bean
        FilterRegistrationBean<Filter> door() {
            var door = new FilterRegistrationBean<Filter>((request, response, chain) -> {
                log.info("at the door");
                if (((jakarta.servlet.http.HttpServletRequest) request)
                        .getRequestURI()
                        .endsWith("outside")) {
                    throw new IOException("outside");
                }
                chain.doFilter(request, response);
            });
            door.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return door;
        }
    }

    @RestController
    record Endpoints(AsyncTaskExecutor executor) {

        @GetMapping("/test/plain")
        String plain() {
            return inside();
        }

        @GetMapping("/test/callable")
        Callable<String> callable() {
            return CorrelationIT::inside;
        }

        @GetMapping("/test/streaming")
        StreamingResponseBody streaming() {
            return out -> out.write(inside().getBytes(StandardCharsets.UTF_8));
        }

        @GetMapping("/test/executor")
        String executed() throws Exception {
            return executor.submit(CorrelationIT::inside).get();
        }

        @GetMapping("/test/fault")
        String fault() {
            throw new IllegalStateException("fault");
        }
    }
}
