package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Archives made to hurt: each is refused with a code and a place, and nothing is kept of it. */
class UploadIT extends SnapshotTest {

    private static final String LINE =
            "{\"id\":\"%s\",\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"2026-01-01T00:00:00Z\","
                    + "\"version\":0,\"data\":%s}\n";

    private final String alice = newOwner();
    private final String bob = newOwner();
    private byte[] good = {};
    private long kept;

    @BeforeEach
    void make() throws IOException {
        String work = create(alice, "/v1/works", "{\"title\":\"w\"}");
        create(alice, "/v1/annotations", "{\"work_id\":\"" + work + "\"}");
        good = archive(alice, snapshot(alice));
        kept = kept();
    }

    @AfterEach
    void nothingIsKept() throws IOException {
        assertThat(kept()).isEqualTo(kept);
        assertThat(json(get(bob, "/v1/snapshots")).path("items").isEmpty()).isTrue();
        assertThat(json(get(bob, "/v1/works")).path("items").isEmpty()).isTrue();
    }

    private static long kept() throws IOException {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private HttpResponse<String> upload(byte[] body) {
        return send(as(bob, "/v1/snapshots/upload")
                .header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private void assertRefused(byte[] body, String code, String pointer) {
        JsonNode problem = assertProblem(upload(body), 422, code);
        assertThat(problem.path("errors").path(0).path("pointer").asString("")).isEqualTo(pointer);
    }

    private TestArchive changed() {
        return new TestArchive(good);
    }

    @Test
    void givenNoArchive_thenItIsRefused() {
        assertRefused(new byte[0], "snapshot_invalid", "#");
        assertRefused("not a zip archive at all, but text".getBytes(StandardCharsets.UTF_8), "snapshot_invalid", "#");
        assertRefused(Arrays.copyOf(good, good.length - 1), "snapshot_invalid", "#");
        assertRefused(TestArchive.zip(Map.of()), "snapshot_invalid", "#");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../works.ndjson",
                "/etc/passwd",
                "works.ndjson/",
                "Works.ndjson",
                "works.ndjson\u0000",
                "..\\manifest.json",
                "a/manifest.json",
                "audit.ndjson",
                ""
            })
    void givenAFileOfAnotherName_thenItIsRefused(String name) {
        assertRefused(changed().put(name, "").bytes(), "snapshot_invalid", "#");
    }

    @Test
    void givenAFileTwice_thenItIsRefused() {
        String text = new String(changed().put("worksXndjson", "").bytes(), StandardCharsets.ISO_8859_1);
        assertRefused(
                text.replace("worksXndjson", "works.ndjson").getBytes(StandardCharsets.ISO_8859_1),
                "snapshot_invalid",
                "#");
    }

    @Test
    void givenFilesAndManifestThatDoNotAgree_thenItIsRefused() {
        String files = "#/manifest.json/files";
        assertRefused(changed().remove("cards.ndjson").bytes(), "snapshot_invalid", files);
        assertRefused(lie(m -> m.withArray("files").remove(0)), "snapshot_invalid", files);
        assertRefused(lie(m -> m.withArray("files").add(m.path("files").path(0))), "snapshot_invalid", files);
        assertRefused(TestArchive.zip(Map.of("works.ndjson", new byte[0])), "snapshot_invalid", "#");
    }

    @ParameterizedTest
    @CsvSource({
        "format_version, snapshot_version_unknown",
        "schema_version, snapshot_version_unknown",
        "format, snapshot_invalid"
    })
    void givenAnotherVersion_thenItIsRefused(String field, String code) {
        String pointer = "#/manifest.json/" + field;
        assertRefused(lie(m -> m.put(field, 2)), code, pointer);
        assertRefused(lie(m -> m.put(field, "1")), code, pointer);
        assertRefused(lie(m -> m.remove(field)), code, pointer);
    }

    @Test
    void givenAManifestThatIsNone_thenItIsRefused() {
        String pointer = "#/manifest.json";
        for (String text : new String[] {"", "[]", "null", "{", "{\"a\":1,\"a\":1}"}) {
            byte[] archive = TestArchive.zip(Map.of("manifest.json", text.getBytes(StandardCharsets.UTF_8)));
            JsonNode problem = assertProblem(upload(archive), 422, "snapshot_invalid");
            assertThat(problem.path("errors").path(0).path("pointer").asString(""))
                    .startsWith(pointer);
        }
        assertRefused(lie(m -> m.put("further", 1)), "snapshot_invalid", pointer + "/further");
    }

    @Test
    void givenAWrongChecksumOrCount_thenItIsRefused() {
        String file = "#/" + file(0);
        assertRefused(lie(m -> entry(m).put("sha256", "0".repeat(64))), "snapshot_checksum_wrong", file);
        assertRefused(lie(m -> entry(m).put("rows", 5)), "snapshot_invalid", file);
        assertRefused(lie(m -> entry(m).put("rows", -1)), "snapshot_invalid", "#/manifest.json/files/0/rows");
        assertRefused(
                changed()
                        .lie(m -> m.path("files").forEach(e -> ((ObjectNode) e).put("rows", 0)))
                        .bytes(),
                "snapshot_invalid",
                "#/works.ndjson/1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"title\":\"\"} | /data/title",
                "{\"title\":\"x\",\"kind\":\"novel\"} | /data/kind",
                "{\"title\":\"x\\u0000\"} | /data/title",
                "{\"title\":\"x\\ud800\"} | /data/title",
                "{\"title\":\"x\",\"planted\":1} | /data/planted",
                "{\"title\":\"x\",\"id\":\"y\"} | /data/id",
                "{\"title\":\"x\",\"metadata\":[]} | /data/metadata",
                "{\"title\":\"x\",\"metadata\":{\"n\":1e400}} | /data/metadata",
                "[] | /data",
                "null | /data",
                "{\"title\":\"x\",\"title\":\"x\"} | ''",
                "{ | ''"
            })
    void givenARowThatTheApiWouldNotTake_thenItIsRefusedAtItsLine(String data, String pointer) {
        String lines = LINE.formatted(UUID.randomUUID(), "{\"title\":\"good\",\"owner_id\":\"ignored\"}")
                + LINE.formatted(UUID.randomUUID(), data);

        JsonNode problem = assertProblem(
                upload(changed()
                        .remove("annotations.ndjson")
                        .put("annotations.ndjson", "")
                        .put("works.ndjson", lines)
                        .bytes()),
                422,
                "snapshot_invalid");

        assertThat(problem.path("errors").path(0).path("pointer").stringValue())
                .startsWith("#/works.ndjson/2" + pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":0 | \"version\":-1 | /version",
                "\"version\":0 | \"version\":9223372036854775807 | /version",
                "\"version\":0 | \"version\":null | /version",
                "\"version\":0 | \"version\":0,\"further\":1 | /further",
                "\"updated_at\":\"2026 | \"updated_at\":\"2126 | /updated_at",
                "\"created_at\":\"2026 | \"created_at\":\"1926 | /created_at",
                "\"created_at\":\"2026-01-01T00:00:00Z\" | \"created_at\":1 | /created_at",
                "\"id\":\" | \"id\":\"1- | /id"
            })
    void givenALineThatIsNoRow_thenItIsRefusedAtItsLine(String part, String other, String pointer) {
        String line = LINE.formatted(UUID.randomUUID(), "{\"title\":\"x\"}").replace(part, other);

        assertRefused(
                changed()
                        .put("annotations.ndjson", "")
                        .put("works.ndjson", line)
                        .bytes(),
                "snapshot_invalid",
                "#/works.ndjson/1" + pointer);
    }

    @Test
    void givenAParentThatIsNotInTheArchive_thenItIsRefused() {
        String foreign = create(alice, "/v1/works", "{\"title\":\"not in it\"}");
        String orphan = LINE.formatted(UUID.randomUUID(), "{\"work_id\":\"" + foreign + "\"}");

        assertRefused(
                changed().put("annotations.ndjson", orphan).bytes(),
                "snapshot_invalid",
                "#/annotations.ndjson/1/data/work_id");
    }

    @Test
    void givenARowTwice_thenItIsRefused() {
        UUID id = UUID.randomUUID();
        String line = LINE.formatted(id, "{\"title\":\"x\"}");
        String zero = LINE.formatted(new UUID(0, 0), "{\"title\":\"x\"}");
        for (String twice : new String[] {line + line, zero + zero}) {
            assertRefused(
                    changed()
                            .put("annotations.ndjson", "")
                            .put("works.ndjson", twice)
                            .bytes(),
                    "snapshot_invalid",
                    "#/works.ndjson/2/id");
        }
    }

    @Test
    void givenAnIdThatIsNotMadeFromItsKey_thenItIsRefused() {
        String line = LINE.formatted(UUID.randomUUID(), "{\"sha256\":\"" + "0".repeat(64) + "\"}");
        assertRefused(changed().put("blobs.ndjson", line).bytes(), "snapshot_invalid", "#/blobs.ndjson/1/id");
    }

    /** Ten million zeros take ten thousand bytes. */
    @Test
    void givenAZipBomb_thenItIsNotUnpacked() {
        byte[] line = new byte[5 * 1024 * 1024];
        byte[] lines = new byte[23 * 1024 * 1024];
        Arrays.fill(lines, (byte) ' ');
        for (int i = 0; i < lines.length; i += 1024) {
            lines[i] = '\n';
        }
        for (byte[] bomb : new byte[][] {line, lines}) {
            HttpResponse<String> response =
                    upload(changed().put("works.ndjson", bomb).bytes());
            assertThat(response.statusCode()).isIn(413, 422);
        }
        assertProblem(upload(changed().put("works.ndjson", line).bytes()), 413, "snapshot_too_large");
        // Well-formed, within each line's limit, and thirty times the archive's own size allowed.
        String row = LINE.formatted("%s", "{\"title\":\"x\",\"metadata\":{\"a\":\"" + "a".repeat(16000) + "\"}}");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 900; i++) {
            rows.append(row.formatted(new UUID(1, i)));
        }
        byte[] archive = changed()
                .put("annotations.ndjson", "")
                .put("works.ndjson", rows.toString())
                .bytes();
        assertThat(archive.length).isLessThan(60_000);
        assertProblem(upload(archive), 413, "snapshot_too_large");
    }

    @Test
    void givenMoreRowsThanCanBeCounted_thenItIsRefused() {
        byte[] archive = lie(m -> m.path("files").forEach(file -> ((ObjectNode) file).put("rows", Long.MAX_VALUE)));
        JsonNode problem = assertProblem(upload(archive), 422, "snapshot_invalid");
        assertThat(problem.path("errors").path(0).path("pointer").stringValue())
                .startsWith("#/manifest.json/files/")
                .endsWith("/rows");
        assertProblem(
                upload(lie(m -> ((ObjectNode) m.path("files").path(0)).put("rows", 2_000_001))),
                413,
                "snapshot_too_large");
    }

    @Test
    void givenABodyOverTheLimit_thenItIsRefusedHoweverItIsSent() {
        byte[] large = new byte[2 * 1024 * 1024 + 1];
        assertProblem(upload(large), 413, "body_too_large");
        assertProblem(
                send(as(bob, "/v1/snapshots/upload")
                        .header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))),
                413,
                "body_too_large");
        // Larger bodies are taken at that address alone.
        for (String path : new String[] {"/v1/snapshots", "/v1/snapshots/upload/", "/v1/works"}) {
            assertProblem(
                    send(as(bob, path)
                            .header("Content-Type", "application/zip")
                            .POST(BodyPublishers.ofByteArray(new byte[1024 * 1024 + 1]))),
                    413,
                    "body_too_large");
        }
        assertProblem(
                send(as(bob, "/v1/snapshots/upload")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(good))),
                415,
                "unsupported_media_type");
    }

    /** Whatever byte is changed: refused, or it made no difference; never a fault of the server. */
    @Test
    void givenBytesThatAreChangedAtRandom_thenItIsNeverAFaultOfTheServer() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            byte[] damaged = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            HttpResponse<String> response = upload(damaged);
            assertThat(response.statusCode())
                    .as("seed %d, round %d: %s", seed, i, response.body())
                    .isIn(201, 413, 422);
            if (response.statusCode() == 201) {
                assertThat(send(as(
                                                bob,
                                                response.headers()
                                                        .firstValue("Location")
                                                        .orElseThrow())
                                        .DELETE())
                                .statusCode())
                        .isEqualTo(204);
            }
        }
    }

    private byte[] lie(Consumer<ObjectNode> change) {
        return changed().lie(change).bytes();
    }

    private static ObjectNode entry(ObjectNode manifest) {
        return (ObjectNode) manifest.path("files").get(0);
    }

    private String file(int number) {
        return tree(unpacked(good).get("manifest.json"))
                        .path("files")
                        .get(number)
                        .path("table")
                        .stringValue()
                + ".ndjson";
    }
}
