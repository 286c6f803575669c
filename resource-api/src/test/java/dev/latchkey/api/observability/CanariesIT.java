package dev.latchkey.api.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestDatabase;
import dev.latchkey.api.testkit.TestTokens;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nothing that a caller, a token or a row says stands in the log, of the API or of Postgres, whichever endpoint is called and whatever goes
 * wrong. Walks every endpoint there is, so that a new one is among them.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
        properties = {
            "LATCHKEY_LOG_FORMAT=ecs",
            "ENABLE_INTERNAL_OPS_ROUTES=true",
            "ENABLE_DEBUG_ROUTES=true",
            "spring.datasource.hikari.connection-timeout=500",
            "LATCHKEY_RATE_LIMIT_WRITES=0",
            "LATCHKEY_RATE_LIMIT_BATCHES=0",
            "LATCHKEY_RATE_LIMIT_SNAPSHOTS=0",
            "LATCHKEY_RATE_LIMIT_EXCHANGES=0"
        })
class CanariesIT extends ApiTest {

    private static final String CANARY = "k4n4rie";

    /** The same in a regular expression, which does not match itself: Postgres logs the statements of these tests. */
    private static final String PATTERN = "k4n4r[i]e";

    private static final UUID ID = UUID.randomUUID();

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @LocalManagementPort
    private int managementPort;

    private final String owner = "owner-" + CANARY + '-' + UUID.randomUUID();
    private final String token = TestTokens.with(
            owner,
            claims -> claims.subject("sub-" + CANARY)
                    .claim("email", CANARY + "@example.test")
                    .claim("name", CANARY)
                    .claim("preferred_username", CANARY)
                    .claim("workspace", Map.of("id", CANARY, "alias", CANARY))
                    .claim("user_metadata", Map.of("display_name", CANARY))
                    .claim("app_metadata", Map.of("tier", "pro", "permissions", List.of("sync", "ops", CANARY))));

    @BeforeEach
    void logEveryStatementAsSlow() throws SQLException {
        superuser("alter system set log_min_duration_statement = 0", "select pg_reload_conf()");
    }

    @AfterEach
    void reset() throws SQLException {
        superuser("alter system reset all", "select pg_reload_conf()");
    }

    private static void superuser(String... statements) throws SQLException {
        try (Connection connection = TestDatabase.superuser();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private HttpRequest.Builder planted(String path) {
        return request(path)
                .header("Authorization", "Bearer " + token)
                .header("X-Request-Id", CANARY + "@example.test")
                .header("X-Session-Id", CANARY + "@example.test")
                .header("X-Device-Id", CANARY)
                .header("traceparent", "00-" + CANARY)
                .header("X-Actor-Uid", CANARY)
                .header("X-User-Id", CANARY)
                .header("X-HTTP-Method-Override", CANARY)
                .header("Idempotency-Key", CANARY)
                .header("Cookie", "session=" + CANARY)
                .header("Referer", "https://example.test/" + CANARY)
                .header("User-Agent", CANARY);
    }

    private void call(String method, String path, String body, String contentType) {
        send(planted(path).header("Content-Type", contentType).method(method, BodyPublishers.ofString(body)));
    }

    private void everyEndpoint() {
        var bodies = new Bodies(CANARY, ID);
        for (Map.Entry<RequestMappingInfo, HandlerMethod> endpoint :
                requestMappingHandlerMapping.getHandlerMethods().entrySet()) {
            // Parents before children, for the rows to be there.
            String good = bodies.of(endpoint.getValue()).orElse("");
            for (String method : methods(endpoint.getKey())) {
                for (String pattern : new TreeSet<>(endpoint.getKey().getPatternValues())) {
                    String path =
                            pattern.replaceAll("\\{sha256}", "ab".repeat(32)).replaceAll("\\{[^}]+}", ID.toString());
                    call(method, path, good, "application/json");
                    call(method, path, good, "application/json");
                    call(method, path + "?q=" + CANARY, "{\"" + CANARY + "\":\"" + CANARY, "application/json");
                    call(method, path, "{\"" + CANARY + "\":\"" + CANARY + "\"}", "application/json");
                    call(
                            method,
                            path,
                            "{\"id\":\"" + CANARY + "\",\"title\":[\"" + CANARY + "\"]}",
                            "application/json");
                    call(method, path, "title=" + CANARY, "application/x-www-form-urlencoded");
                    call(
                            method,
                            pattern.replaceAll("\\{[^}]+}", CANARY) + "?limit=" + CANARY + "&cursor=" + CANARY + "&q="
                                    + CANARY + "&sort=" + CANARY + "&work_id=" + CANARY + "&updated_since=" + CANARY
                                    + "&" + CANARY + "=1",
                            good,
                            "application/json");
                }
            }
        }
    }

    private static Set<String> methods(RequestMappingInfo mapping) {
        var methods = new TreeSet<String>();
        mapping.getMethodsCondition().getMethods().forEach(method -> methods.add(method.name()));
        // Rows that the others need are deleted last.
        return methods.isEmpty() ? Set.of("GET") : methods;
    }

    @Test
    void givenEveryEndpoint_thenTheLogHasNoCanary(CapturedOutput output) {
        everyEndpoint();
        everyEndpoint();

        assertThat(TestDatabase.log()).contains("duration:", "works");
        assertDiscreet(output);
    }

    @Test
    void givenRowsThatTheDatabaseRefuses_thenTheLogHasNoCanary(CapturedOutput output) throws SQLException {
        superuser(
                "alter table works add constraint broken_for_a_test check (title !~ '" + PATTERN + "') not valid",
                "create function refuse() returns trigger language plpgsql as "
                        + "$$ begin raise exception 'refused: %', new using detail = new::text, hint = new::text; end $$",
                "create trigger refuse before insert or update on blobs for each row execute function refuse()");
        try {
            everyEndpoint();
        } finally {
            superuser(
                    "alter table works drop constraint broken_for_a_test",
                    "drop trigger refuse on blobs",
                    "drop function refuse()");
        }

        assertThat(output.getAll()).contains("SQLSTATE P0001");
        assertDiscreet(output);
    }

    @Test
    void givenStatementsThatTakeTooLong_thenTheLogHasNoCanary(CapturedOutput output) throws SQLException {
        try (Connection locking = TestDatabase.superuser();
                Statement lock = locking.createStatement()) {
            lock.execute("alter system set statement_timeout = '100ms'");
            lock.execute("select pg_reload_conf()");
            locking.setAutoCommit(false);
            lock.execute("lock table works in access exclusive mode");
            post(owner, "/v1/works", "{\"title\":\"" + CANARY + "\"}");
            send(planted("/v1/works"));
            locking.rollback();
        }

        assertThat(output.getAll()).contains("Unavailable");
        assertDiscreet(output);
    }

    @Test
    void givenTheDatabaseIsAway_thenTheLogHasNoCanary(CapturedOutput output) throws IOException {
        WIRE.broken(true);
        try {
            call("POST", "/v1/works", "{\"title\":\"" + CANARY + "\"}", "application/json");
            send(planted("/v1/works/" + ID));
        } finally {
            WIRE.broken(false);
        }

        assertThat(output.getAll()).contains("Unavailable");
        assertDiscreet(output);
    }

    @Test
    void givenTokensThatAreNoGood_thenTheLogHasNoCanary(CapturedOutput output) {
        for (String path : List.of("/v1/me", "/v1/works", "/health", "/" + CANARY)) {
            for (String credentials : List.of(
                    "Bearer " + CANARY,
                    "Bearer " + token.substring(0, token.length() - 9),
                    "Basic " + CANARY,
                    "DPoP " + token,
                    CANARY)) {
                send(request(path)
                        .header("Authorization", credentials)
                        .header("DPoP", CANARY + "." + CANARY + "." + CANARY));
            }
            send(planted(path).header("Origin", "https://" + CANARY + ".test"));
            send(planted(path).method(CANARY.toUpperCase(Locale.ROOT), BodyPublishers.noBody()));
        }

        assertDiscreet(output);
        assertThat(output.getAll()).doesNotContain(token.substring(token.length() - 40), token.substring(0, 40));
    }

    @Test
    void givenRequestsThatTomcatRefuses_thenTheLogHasNoCanary(CapturedOutput output) throws IOException {
        for (String start : List.of(
                "GET /" + CANARY + " HTTP/9." + CANARY,
                "GET /" + CANARY + "|<> HTTP/1.1",
                CANARY + "\u0001 / HTTP/1.1",
                "GET /" + CANARY + "/../../" + CANARY + " HTTP/1.1",
                "GET /v1/works;" + CANARY + "=1 HTTP/1.1",
                "GET //" + CANARY + "%2f%00 HTTP/1.1",
                "GET / HTTP/1.1\r\n" + CANARY + "\u0001: " + CANARY,
                "GET / HTTP/1.1\r\nX: " + CANARY.repeat(4_000),
                "POST /v1/works HTTP/1.1\r\nContent-Length: " + CANARY,
                "POST /v1/works HTTP/1.1\r\nTransfer-Encoding: " + CANARY,
                "POST /v1/works HTTP/1.1\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\n\r\n" + CANARY,
                "GET / HTTP/1.1\r\nCookie: " + CANARY + "=\"\u0001")) {
            for (int door : List.of(port, managementPort)) {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), door)) {
                    socket.setSoTimeout(5_000);
                    socket.getOutputStream()
                            .write((start + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
        }

        assertDiscreet(output);
    }

    @Test
    void givenFaultsOfOurOwn_thenTheLogHasTheirKindAndPlaceAndWhoseRequestAndNoCanary(CapturedOutput output) {
        for (String fault : List.of("exception", "error", "sql", "async", "filter")) {
            assertProblem(send(planted("/test/faults/" + fault)), 500, "internal_error");
        }

        assertThat(send(planted("/test/faults/thread")).statusCode()).isEqualTo(200);
        assertThat(output.getAll()).contains("A thread has died");

        List<JsonNode> lines = output.getAll()
                .lines()
                .filter(line -> line.contains("\"message\":\"Unexpected\""))
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(lines).hasSize(5).allSatisfy(line -> {
            assertThat(line.path("request_id").stringValue()).hasSize(36);
            assertThat(line.path("trace").path("id").stringValue()).hasSize(32);
            assertThat(line.path("error").path("stack_trace").stringValue()).contains("CanariesIT$");
            assertThat(line.path("ecs").path("version").stringValue()).isNotEmpty();
            assertThat(line.path("service").path("name").stringValue()).isEqualTo("resource-api");
        });
        // That of the filter, which is before the token is read, has no actor.
        assertThat(lines)
                .filteredOn(line -> "A".repeat(43).equals(line.path("actor_uid").stringValue(null)))
                .hasSize(4)
                .allSatisfy(line ->
                        assertThat(line.path("session_id").stringValue()).startsWith("5c1d8f5e-"));
        assertThat(output.getAll()).contains("SQLSTATE 42703");
        assertDiscreet(output);
    }

    /** Shows the lines and not only that there are some. */
    private static void assertDiscreet(CapturedOutput output) {
        assertThat(Stream.of(output.getAll(), TestDatabase.log())
                        .flatMap(String::lines)
                        .filter(line -> line.toLowerCase(Locale.ROOT).contains(CANARY)))
                .isEmpty();
    }

    @TestConfiguration
    static class Configuration {

        @Bean
        Faults faults(JdbcTemplate sql) {
            return new Faults(sql);
        }

        @Bean
        FilterRegistrationBean<Filter> outside() {
            var outside = new FilterRegistrationBean<Filter>((request, response, chain) -> {
                if (((HttpServletRequest) request).getRequestURI().endsWith("/filter")) {
                    throw new IllegalStateException(CANARY);
                }
                chain.doFilter(request, response);
            });
            outside.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return outside;
        }
    }

    @RestController
    static class Faults {

        private final JdbcTemplate sql;

        Faults(JdbcTemplate sql) {
            this.sql = sql;
        }

        @GetMapping("/test/faults/exception")
        String exception() {
            var e = new IllegalArgumentException(CANARY, new IOException(CANARY));
            e.addSuppressed(new IllegalStateException(CANARY));
            throw e;
        }

        @GetMapping("/test/faults/error")
        String error() {
            throw new AssertionError(CANARY);
        }

        @GetMapping("/test/faults/sql")
        @Transactional
        public String sql() {
            // With a parameter: a plain statement has its binding in its text, and the owner's id there.
            return String.valueOf(sql.queryForObject("select " + CANARY + " where ? is null", String.class, CANARY));
        }

        @GetMapping("/test/faults/thread")
        void thread() throws InterruptedException {
            var dying = new Thread(() -> {
                throw new IllegalStateException(CANARY);
            });
            dying.start();
            dying.join();
        }

        @GetMapping("/test/faults/async")
        Callable<String> async() {
            return () -> {
                throw new IllegalStateException(CANARY);
            };
        }
    }
}
