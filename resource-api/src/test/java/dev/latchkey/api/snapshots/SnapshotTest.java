package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.testkit.ApiTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API with room for jobs: each needs two connections. */
abstract class SnapshotTest extends ApiTest {

    static final Path DIRECTORY = Path.of("target/snapshots").toAbsolutePath();

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void room(DynamicPropertyRegistry registry) {
        registry.add("test.connections", () -> 6);
        registry.add("LATCHKEY_RATE_LIMIT_SNAPSHOTS", () -> 0);
        registry.add("LATCHKEY_RATE_LIMIT_DOWNLOADS", () -> 0);
        registry.add("LATCHKEY_SNAPSHOT_UPLOAD_LIMIT", () -> "2MB");
        registry.add(
                "LATCHKEY_SNAPSHOT_UNPACKED_LIMIT", () -> System.getProperty("drill.rows") == null ? "24MB" : "1GB");
    }

    String create(String owner, String path, String body) {
        HttpResponse<String> response = post(owner, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response).path("id").stringValue();
    }

    /** Makes one and waits for it. */
    JsonNode snapshot(String owner) {
        HttpResponse<String> accepted = post(owner, "/v1/snapshots", "");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return ended(owner, accepted.headers().firstValue("Location").orElseThrow());
    }

    /** Waits for whatever is under way there. */
    JsonNode ended(String owner, String path) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !isUnderWay(json(get(owner, path))));
        return json(get(owner, path));
    }

    static boolean isUnderWay(JsonNode snapshot) {
        return underWay(snapshot.path("state").asString(""))
                || underWay(snapshot.path("restore").path("state").asString(""));
    }

    private static boolean underWay(String state) {
        return state.equals("queued") || state.equals("running");
    }

    HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] archive(String owner, JsonNode snapshot) {
        HttpResponse<byte[]> response =
                bytes(as(owner, "/v1/snapshots/" + snapshot.path("id").stringValue() + "/content"));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    static Map<String, String> unpacked(byte[] archive) {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
