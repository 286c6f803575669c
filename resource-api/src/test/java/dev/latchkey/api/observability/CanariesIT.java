package dev.latchkey.api.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestDatabase;
import dev.latchkey.api.testkit.TestTokens;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
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
            "test.connections=6",
            "LATCHKEY_MAINTENANCE_PASSWORD=" + TestDatabase.MAINTENANCE_PASSWORD,
            "LATCHKEY_SNAPSHOT_LINK_KEY=link-key-of-the-tests, 32 bytes or more",
            "LATCHKEY_SNAPSHOT_MAIL_AFTER=0s",
            "RESOURCE_API_CLIENT_SECRET=secret",
            "LATCHKEY_RATE_LIMIT_WRITES=0",
            "LATCHKEY_RATE_LIMIT_BATCHES=0",
            "LATCHKEY_RATE_LIMIT_SNAPSHOTS=0",
            "LATCHKEY_RATE_LIMIT_DOWNLOADS=0",
            "LATCHKEY_RATE_LIMIT_EXCHANGES=0"
        })
class CanariesIT extends ApiTest {

    private static final String CANARY = "k4n4rie";

    /** The same in a regular expression, which does not match itself: Postgres logs the statements of these tests. */
    private static final String PATTERN = "k4n4r[i]e";

    private static final UUID ID = UUID.randomUUID();

    private static final Path STORE = Path.of("target/snapshots").toAbsolutePath();

    private static final KeycloakStandIn KEYCLOAK = new KeycloakStandIn(CANARY);

    /** A deliberate 500, what the stand-in knows nothing of, and faults of this test. */
    private static final List<String> NEVER_SUCCEED = List.of(
            "GET /internal/debug/error",
            "POST /internal/ops/replay",
            "GET /test/faults/async",
            "GET /test/faults/error",
            "GET /test/faults/exception",
            "GET /test/faults/sql");

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @LocalManagementPort
    private int managementPort;

    private final String owner = "owner-" + CANARY + '-' + UUID.randomUUID();
    private final String subject = "sub-" + CANARY + '-' + UUID.randomUUID();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Bodies bodies = new Bodies(CANARY, ID);
    private byte[] archive = {};
    private String snapshot = ID.toString();
    private final String token = TestTokens.with(
            owner,
            claims -> claims.subject(subject)
                    .claim("email", CANARY + "@example.test")
                    .claim("name", CANARY)
                    .claim("preferred_username", CANARY)
                    .claim("workspace", Map.of("id", CANARY, "alias", CANARY))
                    .claim("user_metadata", Map.of("display_name", CANARY))
                    .claim("app_metadata", Map.of("tier", "pro", "permissions", List.of("sync", "ops", CANARY))));

    @DynamicPropertySource
    static void keycloak(DynamicPropertyRegistry registry) {
        registry.add("LATCHKEY_REALM_URL", KEYCLOAK::realmUrl);
    }

    @BeforeEach
    void logEveryStatementAsSlow() throws SQLException {
        KEYCLOAK.exchange(TestTokens.with(owner, claims -> claims.audience("sync")));
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
                .header("Idempotency-Key", CANARY + '-' + UUID.randomUUID())
                .header("Cookie", "session=" + CANARY)
                .header("Referer", "https://example.test/" + CANARY)
                .header("User-Agent", CANARY);
    }

    private HttpResponse<byte[]> call(String method, String path, byte[] body, String contentType) {
        try {
            return http.send(
                    planted(path)
                            .header("Content-Type", contentType)
                            .method(method, BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<byte[]> call(String method, String path, String body, String contentType) {
        return call(method, path, body.getBytes(StandardCharsets.UTF_8), contentType);
    }

    /** The endpoints at which nothing succeeded. */
    private Set<String> everyEndpoint() {
        Set<String> failed = new TreeSet<>();
        Map<Boolean, List<Endpoint>> endpoints = Endpoint.all(requestMappingHandlerMapping).stream()
                .collect(Collectors.partitioningBy(endpoint -> endpoint.method() == RequestMethod.DELETE));
        // What is wrong meets rows that are there.
        for (boolean deletes : List.of(false, true)) {
            for (Endpoint endpoint : endpoints.get(deletes)) {
                HttpResponse<byte[]> answer = good(endpoint);
                if (answer.statusCode() >= 300) {
                    failed.add(endpoint.toString());
                }
                wait(endpoint, answer);
            }
            endpoints.get(deletes).forEach(this::bad);
            awaitJobs();
        }
        return failed;
    }

    private HttpResponse<byte[]> good(Endpoint endpoint) {
        String method = endpoint.method().name();
        String path = path(endpoint);
        return path.endsWith("/upload")
                ? call(method, path, archive, "application/zip")
                : call(
                        method,
                        path,
                        bodies.of(endpoint.pattern(), endpoint.handler()).orElse(""),
                        "application/json");
    }

    /** Others need what it makes. */
    private void wait(Endpoint endpoint, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 202) {
            return;
        }
        awaitJobs();
        if (endpoint.pattern().endsWith("/snapshots")) {
            snapshot = answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
            archive = call("GET", "/v1/snapshots/" + snapshot + "/content", "", "application/json")
                    .body();
            await().until(() -> KEYCLOAK.link(subject) != null);
        }
    }

    private void awaitJobs() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> send(planted("/v1/snapshots")).body(), list -> !list.matches(".*\"(queued|running)\".*"));
    }

    private String path(Endpoint endpoint) {
        String id = endpoint.pattern().startsWith("/v1/snapshots")
                ? snapshot
                : endpoint.pattern().startsWith("/v1/blobs") ? Bodies.SHA256 : ID.toString();
        return endpoint.pattern()
                .replace("{sha256}", Bodies.SHA256)
                .replace("{token}", String.valueOf(KEYCLOAK.link(subject)))
                .replaceAll("\\{[^}]+}", id);
    }

    private void bad(Endpoint endpoint) {
        String method = endpoint.method().name();
        String path = path(endpoint);
        for (String body : List.of(
                "{\"" + CANARY + "\":\"" + CANARY,
                "{\"" + CANARY + "\":\"" + CANARY + "\"}",
                "{\"id\":\"" + CANARY + "\",\"title\":[\"" + CANARY + "\"]}")) {
            call(method, path, body, "application/json");
        }
        call(method, path + "?q=" + CANARY, "title=" + CANARY, "application/x-www-form-urlencoded");
        call(method, path, "PK" + CANARY, "application/zip");
        call(
                method,
                endpoint.pattern().replaceAll("\\{[^}]+}", CANARY) + "?limit=" + CANARY + "&cursor=" + CANARY + "&q="
                        + CANARY + "&sort=" + CANARY + "&work_id=" + CANARY + "&updated_since=" + CANARY + "&" + CANARY
                        + "=1",
                bodies.of(endpoint.pattern(), endpoint.handler()).orElse(""),
                "application/json");
    }

    @Test
    void givenEveryEndpoint_thenItSucceedsAndTheLogHasNoCanary(CapturedOutput output) {
        assertThat(everyEndpoint()).as("what the log was never tried with").isSubsetOf(NEVER_SUCCEED);

        assertThat(TestDatabase.log()).contains("duration:", "works");
        assertDiscreet(output);
    }

    @Test
    void givenKeycloakRefuses_thenTheLogHasNoCanary(CapturedOutput output) {
        KEYCLOAK.exchange(null);
        for (Endpoint endpoint : Endpoint.all(requestMappingHandlerMapping)) {
            if (endpoint.pattern().matches("/v1/(me|sync|snapshots)(/token|/onboarding)?")) {
                good(endpoint);
            }
        }
        awaitJobs();

        await().untilAsserted(() -> assertThat(output.getAll()).contains("Keycloak tells nobody"));
        assertDiscreet(output);
    }

    /** What the database says of a row that it cannot read, or does not take, in the middle of a job. */
    @Test
    void givenJobsThatFailAtARow_thenTheLogHasNoCanary(CapturedOutput output) throws SQLException {
        call("POST", "/v1/works", "{\"title\":\"" + CANARY + "\"}", "application/json");
        String path = made("ready");
        superuser(
                "create function refuse() returns trigger language plpgsql as "
                        + "$$ begin raise exception 'refused: %', new using detail = new::text, hint = new::text; end $$",
                "create trigger refuse before insert or update on works for each row execute function refuse()");
        try {
            restore(path);
            superuser("create policy unreadable on works as restrictive for select to latchkey_app"
                    + " using (title::int is not null)");
            made("failed");
            call("GET", "/v1/works", "", "application/json");
        } finally {
            superuser(
                    "drop policy if exists unreadable on works",
                    "drop trigger refuse on works",
                    "drop function refuse()");
        }

        assertThat(output.getAll()).contains("A snapshot failed", "SQLSTATE P0001");
        assertDiscreet(output);
    }

    /** A file where its directory was to be, an archive that is another, and one that is gone. */
    @Test
    void givenAStoreThatFails_thenTheLogHasNoCanary(CapturedOutput output) throws IOException {
        String named = Base64.getUrlEncoder().withoutPadding().encodeToString(owner.getBytes(StandardCharsets.UTF_8));
        Path directory = STORE.resolve(named);
        Files.createDirectories(STORE);
        Files.writeString(directory, CANARY);
        made("failed");
        Files.delete(directory);
        String path = made("ready");
        byte[] good = call("GET", path + "/content", "", "application/json").body();
        Path archiveInStore = directory.resolve(path.replaceAll(".*/", "") + ".zip");
        Files.writeString(archiveInStore, CANARY);
        restore(path);
        Files.delete(archiveInStore);
        restore(path);
        assertThat(call("GET", path + "/content", "", "application/json").statusCode())
                .isEqualTo(503);
        Files.delete(directory);
        Files.writeString(directory, CANARY);
        assertThat(call("POST", "/v1/snapshots/upload", good, "application/zip").statusCode())
                .isGreaterThanOrEqualTo(500);
        Files.delete(directory);

        assertThat(output.getAll()).contains("A snapshot failed").doesNotContain(named);
        assertDiscreet(output);
    }

    /** The address of a new snapshot, once that has become of it. */
    private String made(String state) {
        HttpResponse<byte[]> answer = call("POST", "/v1/snapshots", "", "application/json");
        String path = answer.headers().firstValue("Location").orElseThrow();
        awaitJobs();
        assertThat(json(send(planted(path))).path("state").stringValue()).isEqualTo(state);
        return path;
    }

    private void restore(String path) {
        assertThat(call("POST", path + "/restore", "{\"mode\":\"replace\"}", "application/json")
                        .statusCode())
                .isEqualTo(202);
        awaitJobs();
        assertThat(json(send(planted(path))).path("restore").path("state").stringValue())
                .isEqualTo("failed");
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
        // The pool waits up to five seconds between its attempts to reach the database again.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> send(planted("/v1/works")).statusCode() == 200);

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
