package dev.latchkey.api.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a batch does when nothing is in its way. */
class BatchIT extends BatchTest {

    private final String work = id();
    private final String annotation = id();
    private final String card = id();

    @Test
    void whenChildrenStandBeforeTheirParents_thenParentsAreCreatedFirst() {
        HttpResponse<String> answer =
                batch(createCard(card, annotation), createAnnotation(annotation, work), createWork(work, "t"));

        assertThat(statuses(answer)).containsExactly("applied", "applied", "applied");
        assertThat(read("/v1/cards/" + card).path("annotation_id").stringValue())
                .isEqualTo(annotation);
    }

    @Test
    void whenAppliedThenEachReceiptTellsItsRow() {
        String opId = id();
        HttpResponse<String> answer = batch(
                "{\"op_id\":\"%s\",\"op\":\"create\",\"table\":\"works\",\"data\":{\"title\":\"t\"}}".formatted(opId));

        JsonNode receipt = json(answer).path("receipts").path(0);
        assertThat(receipt.path("op_id").stringValue()).isEqualTo(opId);
        assertThat(receipt.path("table").stringValue()).isEqualTo("works");
        JsonNode row = read("/v1/works/" + receipt.path("id").stringValue());
        assertThat(receipt.path("version").longValue())
                .isEqualTo(row.path("version").longValue());
        assertThat(receipt.path("updated_at").stringValue())
                .isEqualTo(row.path("updated_at").stringValue());
    }

    @Test
    void whenOneRowHasManyOperations_thenTheyAreDoneInTheirOrder() {
        HttpResponse<String> answer = batch(
                createWork(work, "one"),
                op("patch", "works", work, data("{\"kind\":\"book\"}")),
                op("delete", "works", work, ""),
                createWork(work, "two"),
                op("replace", "works", work, data("{\"title\":\"three\"}")),
                op("update", "works", work, data("{\"published_year\":1979}")));

        assertThat(statuses(answer)).containsOnly("applied");
        JsonNode row = read("/v1/works/" + work);
        assertThat(row.path("title").stringValue()).isEqualTo("three");
        assertThat(row.path("kind").stringValue()).isEqualTo("other");
        assertThat(row.path("published_year").intValue()).isEqualTo(1979);
        assertThat(row.path("version").longValue()).isEqualTo(2);
    }

    @Test
    void whenParentsAndChildrenAreDeletedInAnyOrder_thenAllGo() {
        batch(createWork(work, "t"), createAnnotation(annotation, work), createCard(card, annotation));

        HttpResponse<String> answer = batch(
                op("delete", "annotations", annotation, ""),
                op("delete", "works", work, ""),
                op("delete", "cards", card, ""));

        assertThat(statuses(answer)).containsExactly("applied", "applied", "duplicate");
        assertThat(isThere("/v1/works/" + work)).isFalse();
    }

    /** A deletion takes what belonged to the row, and not what came to it later. */
    @Test
    void whenAParentIsDeletedAndComesBack_thenOnlyLaterChildrenAreThere() {
        String later = id();
        batch(createWork(work, "t"), createAnnotation(annotation, work), createCard(card, annotation));

        batch(op("delete", "works", work, ""), createWork(work, "again"), createAnnotation(later, work));

        assertThat(isThere("/v1/annotations/" + annotation)).isFalse();
        assertThat(isThere("/v1/cards/" + card)).isFalse();
        assertThat(isThere("/v1/annotations/" + later)).isTrue();
    }

    @Test
    void whenAChildMovesBeforeItsParentIsDeleted_thenItStays() {
        String other = id();
        batch(createWork(work, "t"), createAnnotation(annotation, work));

        HttpResponse<String> answer = batch(
                op("patch", "annotations", annotation, data("{\"work_id\":\"" + other + "\"}")),
                op("delete", "works", work, ""),
                createWork(other, "o"));

        assertThat(statuses(answer)).containsOnly("applied");
        assertThat(read("/v1/annotations/" + annotation).path("work_id").stringValue())
                .isEqualTo(other);
    }

    @Test
    void whenTablesHaveKeysOfTheirOwn_thenRowsAreNamedByThem() {
        String sha256 = "ab".repeat(32);
        String device = id();
        HttpResponse<String> answer = batch(
                op("create", "device_blobs", device + "/" + sha256, data("{\"present\":true}")),
                op("upsert", "blobs", sha256, data("{\"size\":7}")),
                op("patch", "settings", "settings", data("{\"theme\":\"dark\"}")));

        assertThat(statuses(answer)).containsOnly("applied");
        assertThat(read("/v1/devices/" + device + "/blobs/" + sha256)
                        .path("present")
                        .booleanValue())
                .isTrue();
        String shown = read("/v1/blobs/" + sha256).path("id").stringValue();
        assertThat(statuses(batch(
                        op("patch", "blobs", shown, data("{\"size\":8}")),
                        op("replace", "settings", "any", data("{\"theme\":\"light\"}")))))
                .containsOnly("applied");
        assertThat(read("/v1/blobs/" + sha256).path("size").intValue()).isEqualTo(8);
        assertThat(read("/v1/settings").path("theme").stringValue()).isEqualTo("light");
    }

    @Test
    void whenOwnerIdIsSent_thenItIsIgnored() {
        String stranger = newOwner();
        HttpResponse<String> answer = batch(
                List.of(op(
                        "create",
                        "works",
                        work,
                        ",\"owner_id\":\"%s\",\"data\":{\"title\":\"t\",\"owner_id\":\"%s\"}"
                                .formatted(stranger, stranger))),
                ",\"owner_id\":\"" + stranger + "\"");

        assertThat(statuses(answer)).containsExactly("applied");
        assertThat(title(work)).isEqualTo("t");
        assertThat(get(stranger, "/v1/works/" + work).statusCode()).isEqualTo(404);
    }

    @Test
    void whenRepeated_thenNothingIsDoneAgainAndTheReceiptsAreTheSame() {
        List<String> ops = List.of(createWork(work, "t"), op("patch", "works", work, data("{\"title\":\"u\"}")));
        HttpResponse<String> first = batch(ops, "");
        send(owner, "PUT", "/v1/works/" + work, "{\"title\":\"later\"}");

        HttpResponse<String> second = batch(List.of(ops.get(1), createAnnotation(annotation, work), ops.get(0)), "");

        assertThat(statuses(second)).containsExactly("applied", "applied", "applied");
        assertThat(json(second).path("repeated").intValue()).isEqualTo(2);
        assertThat(json(second).path("receipts").path(0))
                .isEqualTo(json(first).path("receipts").path(1));
        assertThat(json(second).path("receipts").path(2))
                .isEqualTo(json(first).path("receipts").path(0));
        assertThat(title(work)).isEqualTo("later");
    }

    @Test
    void whenOneOperationIsThereTwice_thenItIsDoneOnce() {
        String op = createWork(work, "t");

        HttpResponse<String> answer = batch(op, op);

        assertThat(statuses(answer)).containsExactly("applied", "applied");
        assertThat(read("/v1/works/" + work).path("version").intValue()).isZero();
    }

    @Test
    void whenAnOpIdComesWithAnotherOperation_thenRefusedWithAPointer() {
        String op = createWork(work, "t");
        batch(op);

        JsonNode problem =
                assertProblem(batch(createWork(id(), "o"), op.replace("\"t\"", "\"u\"")), 409, "op_id_reused");
        assertThat(pointers(problem)).containsExactly("#/ops/1/op_id");

        String other = createWork(id(), "x");
        problem = assertProblem(batch(other, other.replace("\"x\"", "\"y\"")), 409, "op_id_reused");
        assertThat(pointers(problem)).containsExactly("#/ops/1/op_id");
    }

    @Test
    void whenAnOpIdIsOlderThanThirtyDays_thenItIsAsIfUnknown() throws Exception {
        String op = createWork(work, "t");
        batch(op);
        send(owner, "DELETE", "/v1/works/" + work, "");
        try (Connection superuser = TestDatabase.superuser();
                var age = superuser.prepareStatement(
                        "update receipts set created_at = created_at - interval '30 days' where owner_id = ?")) {
            age.setString(1, owner);
            age.executeUpdate();
        }

        assertThat(statuses(batch(op.replace("\"t\"", "\"u\"")))).containsExactly("applied");

        assertThat(title(work)).isEqualTo("u");
        assertThat(json(batch(op.replace("\"t\"", "\"u\""))).path("repeated").intValue())
                .isEqualTo(1);
    }

    @Test
    void whenAnotherOwnerUsesTheSameOpId_thenItIsAnother() {
        String op = createWork(work, "t");
        batch(op);

        HttpResponse<String> answer = post(newOwner(), "/v1/writes/batch", body(List.of(op), ""));

        assertThat(json(answer).path("repeated").intValue()).isZero();
        assertThat(statuses(answer)).containsExactly("applied");
    }

    @Test
    void whenDryRun_thenTheReceiptsTellAndNothingIsChanged() {
        batch(createWork(work, "t"));
        String op = createAnnotation(annotation, work);

        HttpResponse<String> answer = batch(List.of(op, createWork(work, "t")), ",\"dry_run\":true");

        assertThat(statuses(answer)).containsExactly("applied", "duplicate");
        assertThat(json(answer).path("dry_run").booleanValue()).isTrue();
        assertThat(isThere("/v1/annotations/" + annotation)).isFalse();
        assertThat(json(batch(op)).path("repeated").intValue()).isZero();
    }

    @Test
    void whenItSaysWhereItComesFrom_thenThatIsKept() throws Exception {
        String device = id();
        batch(List.of(createWork(work, "t")), ",\"source\":\"guest\",\"device_id\":\"" + device + "\"");

        try (Connection superuser = TestDatabase.superuser();
                var query = superuser.prepareStatement("select source, device_id from receipts where owner_id = ?")) {
            query.setString(1, owner);
            try (ResultSet row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("guest");
                assertThat(row.getString(2)).isEqualTo(device);
            }
        }
    }

    /** Statements of one table go out together: what a batch costs does not grow with its operations but by the driver's pieces. */
    @Test
    void whenAThousandRowsAreCreated_thenFewRoundTrips() {
        List<String> ops = IntStream.range(0, 250)
                .boxed()
                .flatMap(i -> {
                    String parent = id();
                    String note = id();
                    return List.of(
                            createCard(id(), note),
                            createCard(id(), note),
                            createAnnotation(note, parent),
                            createWork(parent, "t"))
                            .stream();
                })
                .toList();
        batch(createWork(id(), "warm"), createAnnotation(id(), work), createWork(work, "t"));
        long start = System.nanoTime();

        int trips = WIRE.roundTrips(
                () -> assertThat(statuses(batch(ops, ""))).hasSize(1000).containsOnly("applied"));

        System.out.printf("1,000 creates: %d round trips, %d ms%n", trips, (System.nanoTime() - start) / 1_000_000);
        assertThat(trips).isLessThan(40);
    }
}
