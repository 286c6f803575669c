package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.latchkey.api.testkit.LogEvents;
import dev.latchkey.api.testkit.S3Server;
import dev.latchkey.api.testkit.TestDatabase;
import dev.latchkey.api.testkit.WireTap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The API on a store that is elsewhere, and may be away. */
class S3SnapshotsIT extends SnapshotTest {

    private static final WireTap STORE = new WireTap(S3Server.INSTANCE.port());
    private static final Path LOCAL = Path.of("target/snapshots-of-s3").toAbsolutePath();

    private final String alice = newOwner();
    private final Path objects = S3Server.INSTANCE.objects().resolve(StoredName.directory(alice));

    @Autowired
    private Sweep sweep;

    @DynamicPropertySource
    static void s3(DynamicPropertyRegistry registry) {
        S3Server.credentials(S3Server.SECRET_KEY);
        registry.add("LATCHKEY_SNAPSHOT_STORE", () -> "s3");
        registry.add("LATCHKEY_SNAPSHOT_S3_BUCKET", () -> S3Server.BUCKET);
        registry.add("LATCHKEY_SNAPSHOT_S3_REGION", () -> "eu-central-1");
        registry.add("LATCHKEY_SNAPSHOT_S3_ENDPOINT", () -> "http://localhost:" + STORE.port());
        registry.add("LATCHKEY_SNAPSHOT_S3_PATH_STYLE", () -> "true");
        // The variable is set already, for all tests.
        registry.add("latchkey.snapshots.directory", LOCAL::toString);
        // As the role's own limit of a minute, which no test waits for.
        registry.add(
                "spring.datasource.hikari.data-source-properties.options",
                () -> "-c idle_in_transaction_session_timeout=1s");
    }

    @AfterEach
    void mend() throws IOException {
        STORE.cutAfter(Long.MAX_VALUE);
        STORE.goOn();
        STORE.broken(false);
    }

    @Test
    void givenASnapshot_thenItIsKeptReadInPartsRestoredAndDeletedThere() throws IOException {
        String work = create(alice, "/v1/works", "{\"title\":\"before\"}");
        JsonNode snapshot = snapshot(alice);
        String path = path(snapshot);

        assertThat(snapshot.path("state").stringValue()).isEqualTo("ready");
        byte[] whole = archive(alice, snapshot);
        assertThat(whole).isEqualTo(Files.readAllBytes(object(snapshot)));
        assertThat(unpacked(whole).get("works.ndjson")).contains("before");
        HttpResponse<byte[]> part = bytes(as(alice, path + "/content").header("Range", "bytes=10-19"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 10-19/" + whole.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 10, 20));
        assertThat(bytes(as(alice, path + "/content").header("Range", "bytes=-5"))
                        .body())
                .isEqualTo(Arrays.copyOfRange(whole, whole.length - 5, whole.length));
        assertThat(bytes(as(alice, path + "/content").header("Range", "bytes=99999999-"))
                        .statusCode())
                .isEqualTo(416);
        assertProblem(get(newOwner(), path + "/content"), 404, "not_found");

        send(alice, "PATCH", "/v1/works/" + work, "{\"title\":\"after\"}");
        assertThat(restored(snapshot).path("state").stringValue()).isEqualTo("done");
        assertThat(get(alice, "/v1/works/" + work).body()).contains("before");

        assertThat(send(as(alice, path).DELETE()).statusCode()).isEqualTo(204);
        assertThat(object(snapshot)).doesNotExist();
        assertThat(files(objects)).as("what undoes the restore").isEqualTo(1);
        assertThat(files(LOCAL)).as("drafts").isZero();
    }

    @Test
    void whenOnlyTheHeadIsAskedFor_thenNothingIsReadThere() {
        JsonNode snapshot = snapshot(alice);
        STORE.hold("GET ");

        HttpResponse<byte[]> head =
                bytes(as(alice, path(snapshot) + "/content").method("HEAD", BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length"))
                .hasValue(snapshot.path("size").longValue());
        assertThat(head.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(head.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(head.headers().firstValue("ETag")).isPresent();
    }

    @Test
    void givenAnUpload_thenItIsKeptThere() {
        create(alice, "/v1/works", "{\"title\":\"w\"}");
        byte[] archive = archive(alice, snapshot(alice));

        HttpResponse<String> uploaded = upload(archive);

        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);
        assertThat(archive(alice, json(uploaded))).isEqualTo(archive);
    }

    @Test
    void givenTheStoreIsAway_thenThatIsSaidAndNothingIsLost() throws IOException {
        String work = create(alice, "/v1/works", "{\"title\":\"before\"}");
        JsonNode snapshot = snapshot(alice);
        byte[] whole = archive(alice, snapshot);

        STORE.broken(true);
        assertProblem(get(alice, path(snapshot) + "/content"), 503, "unavailable");
        assertThat(get(alice, path(snapshot) + "/content").headers().firstValue("Retry-After"))
                .isPresent();
        assertProblem(upload(whole), 503, "unavailable");
        send(alice, "PATCH", "/v1/works/" + work, "{\"title\":\"after\"}");
        JsonNode restore = restored(snapshot);
        assertThat(restore.path("state").stringValue()).isEqualTo("failed");
        assertThat(restore.path("error_code").stringValue()).isEqualTo("unavailable");
        assertThat(get(alice, "/v1/works/" + work).body()).contains("after");
        JsonNode failed = snapshot(alice);
        assertThat(failed.path("state").stringValue()).isEqualTo("failed");
        assertThat(failed.path("error_code").stringValue()).isEqualTo("unavailable");

        STORE.broken(false);
        assertThat(archive(alice, snapshot)).isEqualTo(whole);
        assertThat(snapshot(alice).path("state").stringValue()).isEqualTo("ready");
        assertThat(files(LOCAL)).as("drafts").isZero();
    }

    @Test
    void givenTheStoreIsSlow_whenItIsRestored_thenTheOwnersWritesAreHeldOffUntilItIsDone() {
        String work = create(alice, "/v1/works", "{\"title\":\"before\"}");
        JsonNode snapshot = snapshot(alice);
        send(alice, "PATCH", "/v1/works/" + work, "{\"title\":\"after\"}");

        STORE.hold("PUT ");
        restore(snapshot);
        await().until(() -> !json(get(alice, path(snapshot)))
                .path("restore")
                .path("undo_id")
                .isNull());

        HttpResponse<String> refused = send(alice, "PATCH", "/v1/works/" + work, "{\"title\":\"lost\"}");
        assertProblem(refused, 409, "restore_in_progress");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(get(alice, "/v1/works/" + work).body()).contains("after");
        create(newOwner(), "/v1/works", "{\"title\":\"another's\"}");
        STORE.goOn();

        assertThat(ended(alice, path(snapshot)).path("restore").path("state").stringValue())
                .isEqualTo("done");
        assertThat(get(alice, "/v1/works/" + work).body()).contains("before");
        create(alice, "/v1/works", "{\"title\":\"w\"}");
    }

    @Test
    void givenTheStoreTakesLongerThanATransactionMayBeIdle_thenTheRestoreIsDone() {
        create(alice, "/v1/works", "{\"title\":\"w\"}");
        JsonNode snapshot = snapshot(alice);

        STORE.hold("PUT ");
        restore(snapshot);
        await().until(S3SnapshotsIT::isOneIdleForLong);
        STORE.goOn();

        assertThat(ended(alice, path(snapshot)).path("restore").path("state").stringValue())
                .isEqualTo("done");
        assertThat(Bucket.patience(S3Store.LARGEST)).isLessThan(SnapshotStore.LONGEST_KEEP);
    }

    private static boolean isOneIdleForLong() throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement();
                ResultSet one = sql.executeQuery("""
                        select from pg_stat_activity where usename = 'latchkey_app'
                          and state = 'idle in transaction' and state_change < clock_timestamp() - interval '1.5 s'""")) {
            return one.next();
        }
    }

    /** A client that goes on from there gets the archive and nothing else. */
    @Test
    void givenTheStoreBreaksOff_thenThatIsSaidOrWhatWasSentIsABeginning() throws IOException {
        String work = create(alice, "/v1/works", "{\"title\":\"w\"}");
        for (int i = 0; i < 15; i++) {
            String content = Base64.getEncoder().encodeToString(StoreContract.random(14_000 + i));
            create(alice, "/v1/annotations", "{\"work_id\":\"" + work + "\",\"content\":\"" + content + "\"}");
        }
        JsonNode snapshot = snapshot(alice);
        byte[] whole = archive(alice, snapshot);
        assertThat(whole).hasSizeGreaterThan(200_000);

        try (LogEvents log = new LogEvents()) {
            for (long sent : List.of(1L, 150L, 300L, 450L, 600L, 800L, 1_000L, 5_000L, 50_000L, 150_000L)) {
                assertTheBeginning(snapshot, whole, sent);
            }
            assertNoPart(snapshot);

            assertThat(log.all())
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .noneMatch(line -> line.contains(StoredName.directory(alice)));
        }
        assertThat(archive(alice, snapshot)).isEqualTo(whole);
    }

    /** The head of the answer is there, and nothing of the part: what was said of it is taken back. */
    private void assertNoPart(JsonNode snapshot) {
        STORE.cutAfter(600);
        HttpResponse<String> response =
                send(as(alice, path(snapshot) + "/content").header("Range", "bytes=10-19"));
        STORE.cutAfter(Long.MAX_VALUE);

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().map())
                .doesNotContainKeys("Content-Range", "Accept-Ranges", "Content-Disposition", "ETag");
    }

    private void assertTheBeginning(JsonNode snapshot, byte[] whole, long sent) throws IOException {
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        STORE.cutAfter(sent);
        HttpResponse<InputStream> response = stream(as(alice, path(snapshot) + "/content"));
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(tree(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                                .path("code")
                                .stringValue())
                        .isEqualTo("unavailable");
                assertThat(response.headers().firstValue("ETag")).isEmpty();
                assertThat(sent).isLessThan(10_000);
            } else {
                assertThatThrownBy(() -> body.transferTo(begun))
                        .as("after %s bytes", sent)
                        .isInstanceOf(IOException.class);
                assertThat(begun.toByteArray()).isEqualTo(Arrays.copyOf(whole, begun.size()));
                assertThat(sent).isGreaterThan(1_000);
            }
        } finally {
            STORE.cutAfter(Long.MAX_VALUE);
        }
    }

    @Test
    void givenAProcessDiedHalfWay_thenNothingOfItIsLeft() throws IOException {
        Path known = object(snapshot(alice));
        Path orphan = Files.copy(known, objects.resolve(UUID.randomUUID() + ".zip"));
        Path young = Files.copy(known, objects.resolve(UUID.randomUUID() + ".zip"));
        for (Path old : new Path[] {known, orphan}) {
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        }

        assertThat(sweep.run().archives()).isEqualTo(1);

        assertThat(orphan).doesNotExist();
        assertThat(young).exists();
        assertThat(known).exists();
    }

    private void restore(JsonNode snapshot) {
        assertThat(post(alice, path(snapshot) + "/restore", "{\"mode\":\"replace\"}")
                        .statusCode())
                .isEqualTo(202);
    }

    private JsonNode restored(JsonNode snapshot) {
        restore(snapshot);
        return ended(alice, path(snapshot)).path("restore");
    }

    private HttpResponse<String> upload(byte[] archive) {
        return send(as(alice, "/v1/snapshots/upload")
                .header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofByteArray(archive)));
    }

    private static HttpResponse<InputStream> stream(HttpRequest.Builder request) throws IOException {
        try {
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path object(JsonNode snapshot) {
        return objects.resolve(snapshot.path("id").stringValue() + ".zip");
    }

    private static String path(JsonNode snapshot) {
        return "/v1/snapshots/" + snapshot.path("id").stringValue();
    }

    private static long files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
