package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.TestDatabase;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Bringing rows back: all of them as they were, or nothing. */
class RestoreIT extends SnapshotTest {

    private static final List<String> LISTS = List.of("works", "assets", "annotations", "cards", "blobs", "settings");
    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final String DEVICE = "0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11";

    private final String alice = newOwner();
    private final String bob = newOwner();

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private RestoreRecords restores;

    @Autowired
    private OwnerScope scope;

    private String fill(String owner) {
        String work = create(owner, "/v1/works", "{\"title\":\"w\",\"metadata\":{\"n\":1.50,\"null\":null}}");
        String asset = create(owner, "/v1/assets", "{\"work_id\":\"" + work + "\"}");
        String annotation =
                create(owner, "/v1/annotations", "{\"work_id\":\"%s\",\"asset_id\":\"%s\"}".formatted(work, asset));
        create(
                owner,
                "/v1/cards",
                "{\"annotation_id\":\"" + annotation
                        + "\",\"front\":\"f\",\"due_at\":\"2026-01-31T09:30:00.123456Z\"}");
        create(owner, "/v1/blobs", "{\"sha256\":\"" + SHA + "\",\"size\":7}");
        send(owner, "PUT", "/v1/devices/" + DEVICE + "/blobs/" + SHA, "{\"present\":true,\"local_path\":\"/x\"}");
        send(owner, "PUT", "/v1/settings", "{\"id\":\"mine\",\"version\":3}");
        send(owner, "PATCH", "/v1/works/" + work, "{\"kind\":\"book\"}");
        return work;
    }

    private Map<String, String> everything(String owner) {
        Map<String, String> all = new LinkedHashMap<>();
        LISTS.forEach(list -> all.put(list, get(owner, "/v1/" + list).body()));
        all.put("device", get(owner, "/v1/devices/" + DEVICE + "/blobs").body());
        return all;
    }

    private Path file(String snapshot) {
        StoredName name = new StoredName(alice, UUID.fromString(snapshot));
        return DIRECTORY.resolve(name.directory()).resolve(name.file());
    }

    private static String path(JsonNode snapshot) {
        return "/v1/snapshots/" + snapshot.path("id").stringValue();
    }

    private JsonNode restored(String owner, JsonNode snapshot, String mode) {
        HttpResponse<String> accepted = post(owner, path(snapshot) + "/restore", "{\"mode\":\"" + mode + "\"}");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location")).hasValue(path(snapshot));
        return ended(owner, path(snapshot)).path("restore");
    }

    private HttpResponse<String> upload(String owner, byte[] archive) {
        HttpRequest.Builder request = as(owner, "/v1/snapshots/upload")
                .header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofByteArray(archive));
        return send(request);
    }

    @Test
    void givenReplace_thenEverythingIsAsItWasAndOnlyTheOwnersIsTouched() {
        String work = fill(alice);
        fill(bob);
        Map<String, String> before = everything(alice);
        Map<String, String> others = everything(bob);
        JsonNode snapshot = snapshot(alice);
        send(alice, "PATCH", "/v1/works/" + work, "{\"title\":\"changed\"}");
        send(as(alice, "/v1/blobs/" + SHA).DELETE());
        create(alice, "/v1/works", "{\"title\":\"new\"}");
        send(alice, "PUT", "/v1/settings", "{}");
        Map<String, String> changed = everything(alice);

        JsonNode restore = restored(alice, snapshot, "replace");

        assertThat(restore.path("state").stringValue()).as(restore.toString()).isEqualTo("done");
        assertThat(restore.path("rows_done").longValue()).isEqualTo(7);
        assertThat(everything(alice)).isEqualTo(before);
        assertThat(everything(bob)).isEqualTo(others);

        JsonNode undo =
                json(get(alice, "/v1/snapshots/" + restore.path("undo_id").stringValue()));
        assertThat(undo.path("kind").stringValue()).isEqualTo("before_restore");
        assertThat(restored(alice, undo, "replace").path("state").stringValue()).isEqualTo("done");
        assertThat(everything(alice)).isEqualTo(changed);
    }

    @Test
    void givenMerge_thenWhatIsThereStaysAndTheLaterChangeCounts() {
        String work = fill(alice);
        JsonNode snapshot = snapshot(alice);
        String added = create(alice, "/v1/works", "{\"title\":\"new\"}");
        send(alice, "PATCH", "/v1/works/" + work, "{\"title\":\"later\"}");
        send(as(alice, "/v1/blobs/" + SHA).DELETE());
        String settings = get(alice, "/v1/settings").body();

        JsonNode restore = restored(alice, snapshot, "merge");

        assertThat(restore.path("state").stringValue()).as(restore.toString()).isEqualTo("done");
        assertThat(get(alice, "/v1/works/" + added).statusCode()).isEqualTo(200);
        assertThat(json(get(alice, "/v1/works/" + work)).path("title").stringValue())
                .isEqualTo("later");
        assertThat(get(alice, "/v1/blobs/" + SHA).statusCode()).isEqualTo(200);
        assertThat(get(alice, "/v1/devices/" + DEVICE + "/blobs/" + SHA).statusCode())
                .isEqualTo(200);
        assertThat(get(alice, "/v1/settings").body()).isEqualTo(settings);
    }

    @Test
    void givenMergeOfAnArchiveWithALaterChange_thenItIsTakenAndTheVersionGoesOn() throws SQLException {
        String work = fill(alice);
        byte[] archive = archive(alice, snapshot(alice));
        sql(
                "update works set updated_at = updated_at - interval '1 day', title = 'older', version = 7 where owner_id = '"
                        + alice + "'");
        HttpResponse<String> uploaded = upload(alice, archive);

        assertThat(restored(alice, json(uploaded), "merge").path("state").stringValue())
                .isEqualTo("done");

        JsonNode row = json(get(alice, "/v1/works/" + work));
        assertThat(row.path("title").stringValue()).isEqualTo("w");
        assertThat(row.path("version").intValue()).isEqualTo(8);
    }

    @Test
    void givenAnArchiveOfSomebodyElse_thenItsRowsBecomeTheUploaders() throws IOException {
        fill(bob);
        Map<String, String> his = everything(bob);
        HttpResponse<String> uploaded = upload(alice, archive(bob, snapshot(bob)));
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);
        JsonNode view = json(uploaded);
        assertThat(view.path("kind").stringValue()).isEqualTo("uploaded");
        assertThat(uploaded.headers().firstValue("Location")).hasValue(path(view));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(file(view.path("id").stringValue()))))
                .isEqualTo("rw-------");

        assertThat(restored(alice, view, "replace").path("state").stringValue()).isEqualTo("done");

        assertThat(everything(alice)).isEqualTo(his);
        assertThat(everything(bob)).isEqualTo(his);
    }

    @Test
    void givenItIsRestored_thenWritesAreHeldOffByEveryPath() throws SQLException {
        String work = fill(alice);
        String before = get(alice, "/v1/works/" + work).body();
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            sql.execute("select pg_advisory_xact_lock(hashtextextended('writes of ' || '" + alice + "', 0))");

            HttpResponse<String> refused = post(alice, "/v1/works", "{\"title\":\"x\"}");
            assertProblem(refused, 409, "restore_in_progress");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
            assertProblem(send(alice, "PATCH", "/v1/works/" + work, "{\"title\":\"x\"}"), 409, "restore_in_progress");
            assertProblem(send(as(alice, "/v1/works/" + work).DELETE()), 409, "restore_in_progress");
            assertProblem(send(alice, "PUT", "/v1/settings", "{}"), 409, "restore_in_progress");
            String batch =
                    "{\"ops\":[{\"op_id\":\"1\",\"table\":\"works\",\"op\":\"%s\",\"id\":\"%s\",\"data\":{\"title\":\"x\"}}],"
                            + "\"on_conflict\":\"client_wins\"}";
            assertProblem(
                    post(alice, "/v1/writes/batch", batch.formatted("upsert", UUID.randomUUID())),
                    409,
                    "restore_in_progress");
            assertThat(get(alice, "/v1/works/" + work).body()).isEqualTo(before);
            assertThat(post(bob, "/v1/works", "{\"title\":\"x\"}").statusCode()).isEqualTo(201);
            superuser.rollback();
        }
        assertThat(post(alice, "/v1/works", "{\"title\":\"x\"}").statusCode()).isEqualTo(201);
    }

    @Test
    void givenTheStoreDoesNotDeleteWhatIsTooOld_thenTheRestoreIsDoneAllTheSame() throws IOException {
        create(alice, "/v1/works", "{\"title\":\"w\"}");
        JsonNode snapshot = snapshot(alice);
        double failures = notRestored();
        Path oldest = file(restored(alice, snapshot, "merge").path("undo_id").stringValue());
        Files.delete(oldest);
        Path obstacle = Files.createFile(Files.createDirectory(oldest).resolve("obstacle"));

        for (int i = 0; i < SnapshotRecords.MOST_UNDO; i++) {
            JsonNode restore = restored(alice, snapshot, "merge");
            assertThat(restore.path("state").stringValue())
                    .as(restore.toString())
                    .isEqualTo("done");
        }

        assertThat(obstacle).exists();
        assertThat(notRestored()).isEqualTo(failures);
        Files.delete(obstacle);
    }

    @Test
    void givenTheOldestThatUndoesARestoreIsRestored_thenItStays() {
        create(alice, "/v1/works", "{\"title\":\"w\"}");
        JsonNode snapshot = snapshot(alice);
        String oldest = restored(alice, snapshot, "merge").path("undo_id").stringValue();
        String second = restored(alice, snapshot, "merge").path("undo_id").stringValue();
        for (int i = 2; i < SnapshotRecords.MOST_UNDO; i++) {
            restored(alice, snapshot, "merge");
        }

        JsonNode restore = restored(alice, json(get(alice, "/v1/snapshots/" + oldest)), "replace");

        assertThat(restore.path("state").stringValue()).isEqualTo("done");
        assertThat(file(oldest)).exists();
        assertThat(get(alice, "/v1/snapshots/" + second).statusCode())
                .as("the one that was made and restored longest ago")
                .isEqualTo(404);
        assertThat(file(second)).doesNotExist();
    }

    @Test
    void givenNoDraftCanBeMade_thenTheRestoreHasFailedAndSaysSo() throws IOException {
        JsonNode snapshot = snapshot(alice);
        Path drafts = DIRECTORY.resolve("drafts");
        Path aside = Files.move(drafts, DIRECTORY.resolve("drafts-aside"));
        Files.createFile(drafts);
        try {
            JsonNode restore = restored(alice, snapshot, "merge");
            assertThat(restore.path("state").stringValue()).isEqualTo("failed");
            assertThat(restore.path("error_code").stringValue()).isEqualTo("internal_error");
        } finally {
            Files.delete(drafts);
            Files.move(aside, drafts);
        }
        assertThat(restored(alice, snapshot, "merge").path("state").stringValue())
                .isEqualTo("done");
    }

    private double notRestored() {
        return registry.get("latchkey.snapshots.restored")
                .tag("outcome", "failure")
                .timer()
                .count();
    }

    @Test
    void givenItIsDone_whenSomethingFailsAfterwards_thenItStaysDone() {
        JsonNode snapshot = snapshot(alice);
        restored(alice, snapshot, "merge");
        UUID id = UUID.fromString(snapshot.path("id").stringValue());

        scope.runAs(Owner.of(alice), () -> restores.failed(id, "internal_error"));

        JsonNode restore = json(get(alice, path(snapshot))).path("restore");
        assertThat(restore.path("state").stringValue()).isEqualTo("done");
        assertThat(restore.path("error_code").isNull()).isTrue();
    }

    /** A constraint that only the database knows: an asset of another work. */
    @Test
    void givenTheDatabaseRefusesARow_thenNothingIsChanged() throws IOException {
        fill(alice);
        String other = create(alice, "/v1/works", "{\"title\":\"other\"}");
        Map<String, String> before = everything(alice);
        TestArchive archive = new TestArchive(archive(alice, snapshot(alice)));
        String line = archive.line("annotations.ndjson");
        String work = tree(line).path("data").path("work_id").stringValue();
        archive.put("annotations.ndjson", line.replace(work, other));
        HttpResponse<String> uploaded = upload(alice, archive.bytes());
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);

        JsonNode restore = restored(alice, json(uploaded), "replace");

        assertThat(restore.path("state").stringValue()).isEqualTo("failed");
        assertThat(restore.path("error_code").stringValue()).isEqualTo("invalid_field");
        assertThat(restore.path("undo_id").isNull()).isTrue();
        assertThat(get(alice, "/v1/snapshots").body()).doesNotContain("before_restore");
        assertThat(archives()).as("what would undo it").isEqualTo(2);
        assertThat(everything(alice)).isEqualTo(before);
        assertThat(post(alice, "/v1/works", "{\"title\":\"x\"}").statusCode()).isEqualTo(201);
    }

    private long archives() throws IOException {
        try (Stream<Path> files = Files.list(file(UUID.randomUUID().toString()).getParent())) {
            return files.count();
        }
    }

    /** What strangers' archives are held to, the API's own may exceed: rows were taken one by one. */
    @Test
    void givenAnArchiveThatNobodyMayUpload_thenWhoHasItMayRestoreItAndUndoThat() {
        String row =
                "{\"op_id\":\"%1$s\",\"op\":\"create\",\"table\":\"works\",\"id\":\"%1$s\",\"data\":{\"title\":\"x\",\"metadata\":{\"a\":\""
                        + "a".repeat(16000) + "\"}}}";
        for (int i = 0; i < 15; i++) {
            String rows = Stream.generate(() -> row.formatted(UUID.randomUUID()))
                    .limit(60)
                    .collect(Collectors.joining(","));
            assertThat(post(alice, "/v1/writes/batch", "{\"ops\":[" + rows + "]}")
                            .statusCode())
                    .isEqualTo(200);
        }
        JsonNode snapshot = snapshot(alice);
        assertProblem(upload(bob, archive(alice, snapshot)), 413, "snapshot_too_large");

        JsonNode restore = restored(alice, snapshot, "replace");

        assertThat(restore.path("state").stringValue()).as(restore.toString()).isEqualTo("done");
        assertThat(restore.path("rows_done").longValue()).isEqualTo(900);
        JsonNode undo =
                json(get(alice, "/v1/snapshots/" + restore.path("undo_id").stringValue()));
        assertThat(restored(alice, undo, "replace").path("state").stringValue()).isEqualTo("done");
    }

    /** A change that a client made at ten and told at noon is older than another's of eleven, afterwards too. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "merge"})
    void whenAChangeWasMadeIsBroughtBackToo(String mode) {
        String work = UUID.randomUUID().toString();
        newest(work, "at ten", Instant.now().minus(Duration.ofHours(2)));
        JsonNode snapshot = snapshot(alice);
        assertThat(send(as(alice, "/v1/works/" + work).DELETE()).statusCode()).isEqualTo(204);

        assertThat(restored(alice, snapshot, mode).path("state").stringValue()).isEqualTo("done");

        newest(work, "at eleven", Instant.now().minus(Duration.ofHours(1)));
        assertThat(json(get(alice, "/v1/works/" + work)).path("title").stringValue())
                .isEqualTo("at eleven");
    }

    @Test
    void whatClocksAndDepthsTheApiTakes_itRestores() {
        String work = UUID.randomUUID().toString();
        newest(work, "before there was anything", Instant.parse("1969-12-31T22:00:00Z"));
        String deepest = "{\"a\":".repeat(62) + "1" + "}".repeat(62);
        assertThat(send(alice, "PUT", "/v1/settings", deepest).statusCode()).isEqualTo(200);
        assertProblem(send(alice, "PUT", "/v1/settings", "{\"a\":" + deepest + "}"), 400, "invalid_field");

        JsonNode restore = restored(alice, snapshot(alice), "replace");

        assertThat(restore.path("state").stringValue()).as(restore.toString()).isEqualTo("done");
        newest(work, "later", Instant.EPOCH.plusSeconds(1));
        assertThat(json(get(alice, "/v1/works/" + work)).path("title").stringValue())
                .isEqualTo("later");
    }

    private void newest(String work, String title, Instant made) {
        String batch =
                "{\"on_conflict\":\"newest_wins\",\"ops\":[{\"op_id\":\"%s\",\"op\":\"upsert\",\"table\":\"works\",\"id\":\"%s\",\"updated_at\":\"%s\",\"data\":{\"title\":\"%s\"}}]}";
        assertThat(post(alice, "/v1/writes/batch", batch.formatted(UUID.randomUUID(), work, made, title))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void givenTheFileWasChangedInTheStore_thenNothingIsChanged() throws Exception {
        fill(alice);
        JsonNode snapshot = snapshot(alice);
        Map<String, String> before = everything(alice);
        Files.write(file(snapshot.path("id").stringValue()), new byte[] {0}, StandardOpenOption.APPEND);

        JsonNode restore = restored(alice, snapshot, "replace");

        assertThat(restore.path("error_code").stringValue()).isEqualTo("snapshot_checksum_wrong");
        assertThat(everything(alice)).isEqualTo(before);
    }

    @Test
    void givenSomebodyElsesSnapshotOrNone_thenItIsNotThere() {
        JsonNode snapshot = snapshot(alice);
        assertProblem(post(bob, path(snapshot) + "/restore", "{\"mode\":\"replace\"}"), 404, "not_found");
        assertProblem(
                post(bob, "/v1/snapshots/" + UUID.randomUUID() + "/restore", "{\"mode\":\"merge\"}"), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"mode\":\"other\"}", "{\"mode\":null}", "{\"mode\":1}"})
    void givenNoMode_thenItIsRefused(String body) {
        JsonNode snapshot = snapshot(alice);
        assertProblem(post(alice, path(snapshot) + "/restore", body), 400, "invalid_field");
    }

    private static void sql(String statement) throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            sql.execute(statement);
        }
    }
}
