package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.TestDatabase;
import dev.latchkey.api.testkit.TestTokens;
import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** Snapshots that nobody asks for, and what is left of those that nobody finished. */
@TestPropertySource(properties = "ENABLE_INTERNAL_OPS_ROUTES=true")
class ScheduledSnapshotsIT extends SnapshotTest {

    private static final FileTime YESTERDAY = FileTime.from(Instant.now().minus(Duration.ofHours(25)));

    private final String alice = newOwner();

    @Autowired
    private Schedule schedule;

    @Autowired
    private SnapshotRecords records;

    @Autowired
    private SnapshotJobs jobs;

    @Autowired
    private Making making;

    @Autowired
    private SnapshotStore store;

    @Autowired
    private OwnerScope scope;

    @Autowired
    private Sweep sweep;

    @Autowired
    private Drafts drafts;

    /** Only this test's owner is due. */
    @BeforeEach
    void nobodyIsDue() throws SQLException {
        sql("update snapshot_schedules set due_at = now() + interval '1 day'");
        create(alice, "/v1/works", "{\"title\":\"w\"}");
    }

    private void run(Duration every) {
        new ScheduledSnapshots(schedule, records, jobs, making, store, scope, settings(every, Duration.ofDays(1)))
                .run();
    }

    private static SnapshotSettings settings(Duration every, Duration sweepAfter) {
        return new SnapshotSettings(
                SnapshotSettings.Store.DIRECTORY,
                new SnapshotSettings.S3("", "", "", false),
                DIRECTORY,
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                every,
                2,
                sweepAfter);
    }

    private Optional<String> taken() {
        return scope.unowned("plays another replica", schedule::take);
    }

    private JsonNode snapshots() {
        return json(get(alice, "/v1/snapshots")).path("items");
    }

    @Test
    void givenAnOwnerWhoIsDue_thenASnapshotIsMadeAndTheNextIsDueLater() throws SQLException {
        run(Duration.ofHours(24));

        assertThat(snapshots()).hasSize(1);
        assertThat(snapshots().get(0).path("kind").stringValue()).isEqualTo("scheduled");
        assertThat(snapshots().get(0).path("state").stringValue()).isEqualTo("ready");
        assertThat(unpacked(archive(alice, snapshots().get(0))).get("works.ndjson"))
                .contains("\"title\":\"w\"");
        assertThat(text("select round(extract(epoch from due_at - now()) / 3600) from snapshot_schedules where id = '"
                        + alice + "'"))
                .isEqualTo("24");
        run(Duration.ofHours(24));
        assertThat(snapshots()).hasSize(1);
    }

    @Test
    void givenItIsSwitchedOff_thenNoneIsMade() {
        run(Duration.ZERO);

        assertThat(snapshots()).isEmpty();
        assertThat(taken()).hasValue(alice);
    }

    @Test
    void givenNothingWasChanged_thenNoneIsMadeUntilSomethingIs() throws SQLException {
        run(Duration.ofHours(24));
        sql("update snapshots set created_at = now() + interval '11 minutes' where owner_id = '" + alice + "'");
        due();

        run(Duration.ofHours(24));
        assertThat(snapshots()).hasSize(1);
        assertThat(taken()).isEmpty();

        sql("update snapshots set created_at = now() where owner_id = '" + alice + "'");
        create(alice, "/v1/works", "{\"title\":\"later\"}");
        due();
        run(Duration.ofHours(24));
        assertThat(snapshots()).hasSize(2);
    }

    @Test
    void givenOneReplicaHasTakenAnOwner_thenNoOtherDoesUntilItSeemsDead() throws SQLException {
        assertThat(taken()).hasValue(alice);
        assertThat(taken()).isEmpty();

        sql("update snapshot_schedules set due_at = due_at - interval '16 minutes' where id = '" + alice + "'");

        assertThat(taken()).hasValue(alice);
    }

    @Test
    void givenAnotherTransactionHoldsTheOwner_thenNobodyWaits() throws SQLException {
        try (Connection replica = TestDatabase.superuser();
                Statement statement = replica.createStatement()) {
            replica.setAutoCommit(false);
            statement.execute("select 1 from snapshot_schedules where id = '" + alice + "' for update");

            assertThat(taken()).isEmpty();
            replica.rollback();
        }
        assertThat(taken()).hasValue(alice);
    }

    @Test
    void givenMoreThanAreKept_thenTheOldestGoWithTheirFilesAndNoOthers() throws Exception {
        JsonNode manual = snapshot(alice);
        sql("insert into snapshots (owner_id, kind, state, alive_at) values ('" + alice
                + "', 'scheduled', 'running', now() - interval '1 hour'), ('" + alice
                + "', 'before_restore', 'ready', now())");
        for (int i = 0; i < 3; i++) {
            due();
            run(Duration.ofHours(24));
        }

        assertThat(snapshots().valueStream().map(s -> s.path("kind").stringValue()))
                .containsExactlyInAnyOrder("manual", "before_restore", "scheduled", "scheduled");
        assertThat(files()).isEqualTo(3);
        assertThat(archive(alice, manual)).isNotEmpty();
    }

    @Test
    void givenOneIsBeingRestored_thenItStays() throws SQLException {
        run(Duration.ofHours(24));
        sql(
                "update snapshots set restore_state = 'running', created_at = created_at - interval '1 day' where owner_id = '"
                        + alice + "'");
        scope.runAs(Owner.of(alice), () -> records.forgetOldScheduled(0));

        assertThat(snapshots()).hasSize(1);
    }

    @Test
    void givenTheOwnerIsDeleted_thenThereIsNoSchedule() throws SQLException {
        sql("update app_users set deleted_at = now() where id = '" + alice + "'");

        assertThat(text("select count(*) from snapshot_schedules where id = '" + alice + "'"))
                .isEqualTo("0");
    }

    @Test
    void givenAnOwner_thenOnlyHisOwnScheduleIsSeen() throws SQLException {
        create(newOwner(), "/v1/works", "{\"title\":\"w\"}");

        scope.runAs(Owner.of(alice), () -> schedule.next(Duration.ofHours(1)));

        assertThat(taken()).isPresent().get().isNotEqualTo(alice);
    }

    @Test
    void givenAProcessDiedHalfWay_thenNothingOfItIsLeft() throws Exception {
        JsonNode snapshot = snapshot(alice);
        Path kept = file(UUID.fromString(snapshot.path("id").stringValue()));
        Path orphan = Files.copy(kept, kept.resolveSibling(UUID.randomUUID() + ".zip"));
        Path foreign = Files.copy(kept, kept.resolveSibling("README.zip"));
        Path draft = Files.createFile(
                Files.createDirectories(DIRECTORY.resolve("drafts")).resolve("snapshot-" + UUID.randomUUID() + ".zip"));

        sweep.run();
        assertThat(orphan).exists();
        assertThat(draft).exists();

        for (Path old : new Path[] {kept, orphan, foreign, draft}) {
            Files.setLastModifiedTime(old, YESTERDAY);
        }
        HttpResponse<String> swept = send(request("/internal/ops/reconciliation")
                .header(
                        "Authorization",
                        "Bearer "
                                + TestTokens.with(
                                        "operator",
                                        claims -> claims.claim("app_metadata", Map.of("permissions", List.of("ops")))))
                .POST(BodyPublishers.noBody()));
        assertThat(swept.statusCode()).as(swept.body()).isEqualTo(200);
        assertThat(json(swept).path("archives").intValue()).isEqualTo(1);
        assertThat(json(swept).path("drafts").intValue()).isEqualTo(1);
        assertThat(json(swept).path("failed").intValue()).isZero();
        assertThat(orphan).doesNotExist();
        assertThat(draft).doesNotExist();
        assertThat(kept).exists();
        assertThat(foreign).exists();
    }

    @Test
    void givenOneCannotBeDeleted_thenAllOthersAre() throws Exception {
        List<Path> orphans = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String owner = newOwner();
            create(owner, "/v1/works", "{\"title\":\"w\"}");
            snapshot(owner);
            orphans.add(DIRECTORY.resolve(StoredName.directory(owner)).resolve(UUID.randomUUID() + ".zip"));
        }
        Path stuck = Files.createDirectory(orphans.remove(2));
        Path obstacle = Files.createFile(stuck.resolve("obstacle"));
        Files.setLastModifiedTime(stuck, YESTERDAY);
        for (Path orphan : orphans) {
            Files.setLastModifiedTime(Files.createFile(orphan), YESTERDAY);
        }

        Sweep.Swept swept = sweep.run();

        assertThat(orphans).allSatisfy(orphan -> assertThat(orphan).doesNotExist());
        assertThat(swept.archives()).isEqualTo(orphans.size());
        assertThat(swept.failed()).isEqualTo(1);
        Files.delete(obstacle);
        Files.setLastModifiedTime(stuck, YESTERDAY);
        assertThat(sweep.run().archives()).isEqualTo(1);
    }

    /** As if the database came back from a backup. */
    @Test
    void givenTheSweepIsOff_thenArchivesStay() throws Exception {
        snapshot(alice);
        Path orphan =
                Files.createFile(DIRECTORY.resolve(StoredName.directory(alice)).resolve(UUID.randomUUID() + ".zip"));
        Files.setLastModifiedTime(orphan, YESTERDAY);

        Sweep.Swept swept = new Sweep(drafts, store, records, scope, settings(Duration.ZERO, Duration.ZERO)).run();

        assertThat(swept.archives()).isZero();
        assertThat(orphan).exists();
        sweep.run();
        assertThat(orphan).doesNotExist();
    }

    /** As if the database were lost and made anew. */
    @Test
    void givenNothingIsKnownOfAnOwner_thenHisArchivesAreLeftForAMonth() throws Exception {
        String unknown = newOwner();
        Path directory = Files.createDirectories(DIRECTORY.resolve(StoredName.directory(unknown)));
        Path archive = Files.createFile(directory.resolve(UUID.randomUUID() + ".zip"));

        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minus(Duration.ofDays(29))));
        sweep.run();
        assertThat(archive).exists();

        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        sweep.run();
        assertThat(archive).doesNotExist();
    }

    private void due() throws SQLException {
        sql("update snapshot_schedules set due_at = now() where id = '" + alice + "'");
    }

    private Path file(UUID id) {
        StoredName name = new StoredName(alice, id);
        return DIRECTORY.resolve(name.directory()).resolve(name.file());
    }

    private long files() throws IOException {
        try (var files = Files.list(DIRECTORY.resolve(StoredName.directory(alice)))) {
            return files.count();
        }
    }

    private static void sql(String statement) throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            sql.execute(statement);
        }
    }

    private static String text(String query) throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
