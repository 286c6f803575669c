package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.document.Sha256Digest;
import dev.latchkey.api.testkit.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Making, listing, downloading and deleting. */
class SnapshotsIT extends SnapshotTest {

    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final String DEVICE = "0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11";

    private final String alice = newOwner();

    /** A row in each table. */
    private String fill(String owner) {
        String work = create(owner, "/v1/works", "{\"title\":\"Überbau\",\"metadata\":{\"n\":1.50}}");
        String asset = create(owner, "/v1/assets", "{\"work_id\":\"" + work + "\"}");
        String annotation =
                create(owner, "/v1/annotations", "{\"work_id\":\"%s\",\"asset_id\":\"%s\"}".formatted(work, asset));
        create(owner, "/v1/cards", "{\"annotation_id\":\"" + annotation + "\",\"front\":\"f\"}");
        create(owner, "/v1/blobs", "{\"sha256\":\"" + SHA + "\"}");
        assertThat(send(owner, "PUT", "/v1/devices/" + DEVICE + "/blobs/" + SHA, "{\"present\":true}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(send(owner, "PUT", "/v1/settings", "{\"id\":\"mine\",\"version\":\"too\"}")
                        .statusCode())
                .isEqualTo(200);
        return work;
    }

    @Test
    void givenNoKeyOfLinks_thenNoneOpens() {
        UUID id = UUID.fromString(snapshot(alice).path("id").stringValue());
        String token = new SealedLink(alice, id, Instant.now().plusSeconds(60)).seal("");

        assertProblem(send(request("/downloads/" + token)), 404, "not_found");
    }

    @Test
    void givenRowsInEachTable_thenTheArchiveHasThemAndSaysWhatItHas() throws SQLException {
        String work = fill(alice);
        send(alice, "PATCH", "/v1/works/" + work, "{\"kind\":\"book\"}");
        fill(newOwner());

        JsonNode snapshot = snapshot(alice);

        assertThat(snapshot.path("state").stringValue()).isEqualTo("ready");
        assertThat(snapshot.path("kind").stringValue()).isEqualTo("manual");
        assertThat(snapshot.path("rows_done").longValue()).isEqualTo(7);
        assertThat(snapshot.path("rows_total").longValue()).isEqualTo(7);
        byte[] archive = archive(alice, snapshot);
        assertThat(snapshot.path("size").longValue()).isEqualTo(archive.length);
        assertThat(snapshot.path("sha256").stringValue()).isEqualTo(sha256(archive));

        Map<String, String> files = unpacked(archive);
        assertThat(files.keySet())
                .contains("works.ndjson", "settings.ndjson")
                .last()
                .isEqualTo("manifest.json");
        assertThat(files.values().toString()).doesNotContain(alice, "owner_id");
        JsonNode manifest = tree(files.get("manifest.json"));
        assertThat(manifest.propertyNames())
                .containsExactly("format", "format_version", "schema_version", "created_at", "files");
        for (JsonNode file : manifest.path("files")) {
            String lines = files.get(file.path("table").stringValue() + ".ndjson");
            assertThat(file.path("rows").longValue())
                    .isEqualTo(lines.lines().count())
                    .isEqualTo(1);
            assertThat(file.path("sha256").stringValue()).isEqualTo(sha256(lines.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(manifest.path("files").size()).isEqualTo(files.size() - 1).isEqualTo(tables());
        JsonNode row = tree(files.get("works.ndjson"));
        JsonNode shown = json(get(alice, "/v1/works/" + work));
        assertThat(row.path("id")).isEqualTo(shown.path("id"));
        assertThat(row.path("version").intValue()).isEqualTo(1);
        assertThat(row.path("updated_at")).isEqualTo(shown.path("updated_at"));
        assertThat(row.path("data").path("title").stringValue()).isEqualTo("Überbau");
        assertThat(files.get("works.ndjson")).contains("{\"n\":1.50}");
        assertThat(tree(files.get("settings.ndjson")).path("data").toString())
                .contains("\"id\":\"mine\"", "\"version\":\"too\"");
    }

    @Test
    void givenParts_thenTheyAreParts() {
        fill(alice);
        JsonNode snapshot = snapshot(alice);
        byte[] whole = archive(alice, snapshot);
        String path = "/v1/snapshots/" + snapshot.path("id").stringValue() + "/content";

        HttpResponse<byte[]> part = bytes(as(alice, path).header("Range", "bytes=10-19"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 10, 20));
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 10-19/" + whole.length);
        assertThat(part.headers().firstValue("ETag"))
                .hasValue("\"" + snapshot.path("sha256").stringValue() + "\"");
        // Several at once would have a store send all of it for each.
        HttpResponse<byte[]> several = bytes(as(alice, path).header("Range", "bytes=10-19,0-0"));
        assertThat(several.statusCode()).isEqualTo(200);
        assertThat(several.body()).isEqualTo(whole);
        assertThat(several.headers().firstValueAsLong("Content-Length")).hasValue(whole.length);
        HttpResponse<byte[]> beyond = bytes(as(alice, path).header("Range", "bytes=99999999-"));
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */" + whole.length);
    }

    @Test
    void givenOneIsMade_thenItIsListedAndGoesWithItsFile() throws IOException {
        JsonNode snapshot = snapshot(alice);
        String path = "/v1/snapshots/" + snapshot.path("id").stringValue();
        assertThat(json(get(alice, "/v1/snapshots")).path("items").get(0)).isEqualTo(snapshot);
        assertThat(files(snapshot)).isEqualTo(1);

        assertThat(send(as(alice, path).DELETE()).statusCode()).isEqualTo(204);

        assertProblem(get(alice, path), 404, "not_found");
        assertProblem(get(alice, path + "/content"), 404, "not_found");
        assertProblem(send(as(alice, path).DELETE()), 404, "not_found");
        assertThat(files(snapshot)).isZero();
    }

    @Test
    void givenSomebodyElse_thenItIsNotThere() {
        JsonNode snapshot = snapshot(alice);
        String bob = newOwner();
        String path = "/v1/snapshots/" + snapshot.path("id").stringValue();

        assertProblem(get(bob, path), 404, "not_found");
        assertProblem(get(bob, path + "/content"), 404, "not_found");
        assertProblem(send(as(bob, path).DELETE()), 404, "not_found");
        assertThat(json(get(bob, "/v1/snapshots")).path("items").isEmpty()).isTrue();
        assertThat(json(get(alice, path))).isEqualTo(snapshot);
    }

    @Test
    void givenItsProcessIsGone_thenItHasFailedAndAnotherCanBeMade() throws SQLException {
        JsonNode snapshot = snapshot(alice);
        String path = "/v1/snapshots/" + snapshot.path("id").stringValue();
        sql("update snapshots set state = 'running' where owner_id = '" + alice + "'");
        assertThat(json(get(alice, path)).path("state").stringValue()).isEqualTo("running");
        assertProblem(post(alice, "/v1/snapshots", ""), 409, "snapshot_under_way");
        assertProblem(get(alice, path + "/content"), 409, "snapshot_not_ready");

        sql("update snapshots set alive_at = now() - interval '3 minutes' where owner_id = '" + alice + "'");

        assertThat(json(get(alice, path)).path("state").stringValue()).isEqualTo("failed");
        assertThat(json(get(alice, path)).path("error_code").stringValue()).isEqualTo("interrupted");
        assertThat(snapshot(alice).path("state").stringValue()).isEqualTo("ready");
    }

    @Test
    void givenAsManyAsCanBeKept_thenNoMore() throws SQLException {
        snapshot(alice);
        sql("insert into snapshots (owner_id, kind, state) select '" + alice
                + "', 'manual', 'ready' from generate_series(1, 49)");

        assertProblem(post(alice, "/v1/snapshots", ""), 409, "snapshot_limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "..", "1-1-1-1-1", "%2e%2e", "upload"})
    void givenNoId_thenItIsRefused(String id) {
        HttpResponse<String> response = get(alice, "/v1/snapshots/" + id);
        assertThat(response.statusCode()).isIn(400, 404);
    }

    private static long files(JsonNode snapshot) throws IOException {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .equals(snapshot.path("id").stringValue() + ".zip"))
                    .count();
        }
    }

    private static String sha256(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(Sha256Digest.create().digest(bytes));
    }

    /** Those that hold what owners have. */
    private static int tables() {
        return 7;
    }

    private static void sql(String statement) throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            sql.execute(statement);
        }
    }
}
