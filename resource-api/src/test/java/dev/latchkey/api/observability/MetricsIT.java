package dev.latchkey.api.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestTokens;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.ApplicationContext;

class MetricsIT extends ApiTest {

    private static final Pattern LABEL = Pattern.compile("[{,]([a-zA-Z_:]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    @LocalManagementPort
    private int managementPort;

    private HttpResponse<String> scrape() {
        int api = port;
        try {
            port = managementPort;
            return send(request("/prometheus"));
        } finally {
            port = api;
        }
    }

    @Test
    void givenRequestsOfEveryKind_thenNoLabelNamesAnybodyOrARequest() {
        String owner = "owner-canary-" + UUID.randomUUID();
        String device = UUID.randomUUID().toString();
        UUID work = UUID.randomUUID();
        String token = TestTokens.with(
                owner,
                claims -> claims.claim("email", "mail-canary@example.test")
                        .claim("user_metadata", Map.of("display_name", "name-canary")));
        for (String path : List.of(
                "/v1/me",
                "/v1/works",
                "/v1/works/" + work,
                "/v1/works/path-canary",
                "/path-canary",
                "/v1/works?limit=query-canary")) {
            send(request(path)
                    .header("Authorization", "Bearer " + token)
                    .header("X-Request-Id", "request-canary")
                    .header("X-Session-Id", "session-canary")
                    .header("X-Device-Id", device)
                    .header("User-Agent", "agent-canary"));
            send(request(path).method("CANARY", java.net.http.HttpRequest.BodyPublishers.noBody()));
        }
        post(owner, "/v1/works", "{\"title\":\"title-canary\"}");
        post(owner, "/v1/works", "{\"title-canary\":1}");

        String metrics = scrape().body();

        assertThat(metrics)
                .contains("http_server_requests_seconds_count", "hikaricp_connections", "uri=\"/v1/works/{id}\"");
        assertThat(metrics)
                .doesNotContainIgnoringCase("canary")
                .doesNotContain(work.toString(), device, "A".repeat(43), "5c1d8f5e-3d2e");
        List<MatchResult> labels = LABEL.matcher(metrics).results().toList();
        assertThat(labels)
                .extracting(label -> label.group(1))
                .isNotEmpty()
                .noneMatch(
                        name -> name.matches(
                                "(?i).*(actor|owner|user|session|device|request_?id|trace|span|e_?mail|sub|client_?id|ip|address).*"));
        assertThat(labels)
                .extracting(label -> label.group(2))
                .noneMatch(value -> value.matches(".*([0-9a-f]{8}-[0-9a-f]{4}-|@).*"));
    }

    @Test
    void givenNoAddressToSendTo_thenNothingIsSetUpThatARequestWouldPayFor(@Autowired ApplicationContext context) {
        for (Class<?> part :
                List.of(Tracer.class, OpenTelemetry.class, OtlpMeterRegistry.class, OtlpLogAppender.class)) {
            assertThat(context.getBeanNamesForType(part)).as(part.getName()).isEmpty();
        }
    }

    @Test
    void givenTheApisOwnPort_thenItHasHealthAndNoMetrics() {
        assertThat(send(request("/health")).body()).isEqualTo("{\"status\":\"UP\"}");
        assertProblem(send(request("/prometheus")), 401, "token_missing");
        assertProblem(get(newOwner(), "/prometheus"), 404, "not_found");
    }

    @Test
    void givenTheManagementPort_thenItHasHealthAndMetricsAndNothingElse() {
        int api = port;
        port = managementPort;
        try {
            assertThat(send(request("/health")).body()).contains("\"status\":\"UP\"");
            for (String path : List.of("/env", "/heapdump", "/loggers", "/v1/me", "/actuator", "/")) {
                assertThat(send(request(path)).statusCode()).as(path).isIn(401, 403, 404);
            }
        } finally {
            port = api;
        }
    }
}
