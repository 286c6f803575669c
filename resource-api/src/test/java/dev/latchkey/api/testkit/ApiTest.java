package dev.latchkey.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole API on a random port, against the real database behind {@link #WIRE} and the key server {@link #ISSUER}. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class ApiTest {

    protected static final TestIssuer ISSUER = new TestIssuer(TestKeys.REALM_RSA, TestKeys.REALM_EC);
    protected static final WireTap WIRE = new WireTap(TestDatabase.port());
    protected static final String ALLOWED_ORIGIN = "https://app.example.test";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    protected int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("LATCHKEY_DB_URL", () -> "jdbc:postgresql://localhost:" + WIRE.port() + "/latchkey");
        registry.add("LATCHKEY_APP_PASSWORD", () -> TestDatabase.APP_PASSWORD);
        registry.add("LATCHKEY_BINDING_KEY", () -> TestDatabase.BINDING_KEY);
        registry.add("LATCHKEY_ISSUER", () -> TestTokens.ISSUER);
        registry.add("LATCHKEY_JWKS_URI", ISSUER::jwksUri);
        registry.add("LATCHKEY_SNAPSHOT_DIRECTORY", () -> "target/snapshots");
        registry.add("CORS_ORIGINS", () -> ALLOWED_ORIGIN + ", tauri://localhost");
        // One connection, and no keep-alive of its own, so that round trips can be counted.
        registry.add("spring.datasource.hikari.maximum-pool-size", () -> "${test.connections:1}");
        registry.add("spring.datasource.hikari.keepalive-time", () -> 0);
    }

    /** An owner whom no other test knows. */
    protected static String newOwner() {
        return UUID.randomUUID().toString();
    }

    protected HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    protected HttpRequest.Builder as(String owner, String path) {
        return request(path).header("Authorization", "Bearer " + TestTokens.of(owner));
    }

    protected HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    protected HttpResponse<String> get(String owner, String path) {
        return send(as(owner, path));
    }

    protected HttpResponse<String> send(String owner, String method, String path, String json) {
        return send(as(owner, path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
    }

    protected HttpResponse<String> post(String owner, String path, String json) {
        return send(owner, "POST", path, json);
    }

    protected static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** An answer is the problem it should be, in the form that every problem has. */
    protected static JsonNode assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("code").stringValue()).isEqualTo(code);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("request_id").stringValue())
                .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
        return problem;
    }
}
