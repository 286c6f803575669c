package dev.latchkey.api.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.rowsecurity.OwnerScope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Every way out of the API that is not a success is a problem. */
class ProblemsIT extends ApiTest {

    private static final int MIB = 1024 * 1024;

    private final String alice = newOwner();

    @Autowired
    private DataSource database;

    @Autowired
    private OwnerScope owners;

    @Autowired
    private MeterRegistry meters;

    @Value("${spring.datasource.hikari.connection-timeout}")
    private long waitsAtMost;

    @Nested
    class OfTheFramework {

        @Test
        void givenAnAddressThatIsNone_thenNotFound() {
            assertProblem(get(alice, "/v1/nope"), 404, "not_found");
            assertProblem(get(alice, "/v1/works/"), 404, "not_found");
        }

        @Test
        void givenAMethodThatIsNone_thenTheAllowedOnesAreNamed() {
            HttpResponse<String> response = send(as(alice, "/v1/works").DELETE());

            assertProblem(response, 405, "method_not_allowed");
            assertThat(response.headers().firstValue("Allow").orElseThrow())
                    .contains("GET")
                    .contains("POST");
        }

        @Test
        void givenAMethodOverride_thenItIsIgnored() {
            assertProblem(
                    send(as(alice, "/v1/me?_method=DELETE")
                            .header("X-HTTP-Method-Override", "DELETE")
                            .POST(BodyPublishers.noBody())),
                    405,
                    "method_not_allowed");
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/html", "application/xml", "application/problem+json"})
        void givenATypeThatIsNotSpoken_thenNotAcceptable(String type) {
            assertProblem(send(as(alice, "/v1/works").header("Accept", type)), 406, "not_acceptable");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "application/merge-patch+json",
                    "multipart/form-data"
                })
        void givenABodyOfAnotherType_thenUnsupported(String type) {
            assertProblem(
                    send(as(alice, "/v1/works")
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofString("{\"title\":\"x\"}"))),
                    415,
                    "unsupported_media_type");
        }

        @Test
        void givenNoContentType_thenUnsupported() {
            assertProblem(
                    send(as(alice, "/v1/works").POST(BodyPublishers.ofString("{\"title\":\"x\"}"))),
                    415,
                    "unsupported_media_type");
        }
    }

    @Nested
    class OfTheBody {

        @Test
        void givenMoreThanOneMebibyte_thenTooLarge() {
            assertProblem(post(alice, "/v1/works", "{\"title\":\"" + "x".repeat(MIB) + "\"}"), 413, "body_too_large");
        }

        @Test
        void givenMoreThanOneMebibyteInChunks_thenTooLarge() {
            byte[] body =
                    ("{\"title\":\"x\",\"owner_id\":\"" + "x".repeat(MIB) + "\"}").getBytes(StandardCharsets.UTF_8);

            HttpResponse<String> response = send(as(alice, "/v1/works")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

            assertProblem(response, 413, "body_too_large");
        }

        @Test
        void givenAlmostOneMebibyte_thenItIsRead() {
            assertProblem(
                    post(alice, "/v1/works", "{\"title\":\"" + "x".repeat(MIB - 100) + "\"}"), 400, "invalid_field");
        }
    }

    /** Sent by hand: HTTP clients are too polite for these. */
    @Nested
    class OfTheServer {

        static Stream<Arguments> requests() {
            return Stream.of(
                    arguments("GET /| HTTP/1.1", 400),
                    arguments("GET /v1/works/%2F HTTP/1.1", 400),
                    arguments("GET /v1/%zz HTTP/1.1", 400),
                    arguments("GET //v1/works HTTP/1.1", 400),
                    arguments("GET /v1/works;x=1 HTTP/1.1", 400),
                    arguments("GET /v1/../../etc/passwd HTTP/1.1", 400),
                    arguments("GET /v1/%2e%2e/me HTTP/1.1", 400),
                    arguments("G@T / HTTP/1.1", 400),
                    arguments("TRACE / HTTP/1.1", 405),
                    arguments("FOO / HTTP/1.1", 400),
                    arguments("GET /v1/me HTTP/7.0", 505),
                    arguments("GET /v1/me HTTP/1.1\r\nHost: again", 400),
                    arguments("GET /v1/me HTTP/1.1\r\nContent-Length: x", 400),
                    arguments("GET /v1/me HTTP/1.1\r\nX-Long: " + "x".repeat(20_000), 400));
        }

        @ParameterizedTest
        @MethodSource("requests")
        void givenARequestThatTomcatOrTheFirewallRefuses_thenItIsAProblemWithoutDetails(String request, int status)
                throws IOException {
            String answer = raw(request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                    .contains("content-type: application/problem+json")
                    .contains("x-request-id: ")
                    .contains("\"status\":" + status)
                    .doesNotContain("\r\nserver:")
                    .doesNotContain("tomcat")
                    .doesNotContain("<html")
                    .doesNotContain("exception")
                    .doesNotContain("\tat ");
        }

        private String raw(String request) throws IOException {
            try (var socket = new Socket("localhost", port)) {
                socket.setSoTimeout(5000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Nested
    class OfTheDatabase {

        @Test
        void givenNoConnectionIsFree_thenUnavailableAfterOneShortWait() {
            // Milliseconds.
            assertThat(waitsAtMost).isEqualTo(2_000);
            owners.unowned("holds the only connection", () -> {
                try (Connection held = database.getConnection()) {
                    double waits = waitsThatWereInVain();

                    HttpResponse<String> response = get(alice, "/v1/works");

                    assertProblem(response, 503, "unavailable");
                    assertThat(response.headers().firstValue("Retry-After")).isPresent();
                    assertThat(held.isClosed()).isFalse();
                    assertThat(waitsThatWereInVain()).isEqualTo(waits + 1);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        /** As the pool counts them. */
        private double waitsThatWereInVain() {
            return meters.get("hikaricp.connections.timeout").counters().stream()
                    .mapToDouble(Counter::count)
                    .sum();
        }

        @Test
        void givenTheDatabaseIsAway_thenUnavailableUntilItIsBackAndMeGoesOn() throws IOException {
            WIRE.broken(true);
            try {
                assertProblem(get(alice, "/v1/works"), 503, "unavailable");
                assertThat(get(alice, "/v1/me").statusCode()).isEqualTo(200);
                assertThat(send(request("/health")).statusCode()).isEqualTo(503);
            } finally {
                WIRE.broken(false);
            }

            // The pool waits up to five seconds between its attempts to reach the database again.
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(get(alice, "/v1/works").statusCode()).isEqualTo(200);
                assertThat(send(request("/health")).body()).isEqualTo("{\"status\":\"UP\"}");
            });
        }
    }

    @Test
    void givenARequestIdOfTheCaller_thenItIsKeptIfItIsWellFormed() {
        assertThat(send(as(alice, "/v1/me").header("X-Request-Id", "trace-1.a_B"))
                        .headers()
                        .firstValue("X-Request-Id"))
                .hasValue("trace-1.a_B");
        assertThat(send(as(alice, "/v1/me").header("X-Request-Id", "a b\"<"))
                        .headers()
                        .firstValue("X-Request-Id"))
                .get()
                .asString()
                .matches("[0-9a-f-]{36}");
    }
}
