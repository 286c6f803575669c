package dev.latchkey.api.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestDatabase;
import dev.latchkey.api.testkit.TestTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@DirtiesContext
@TestPropertySource(
        properties = {
            "test.connections=4",
            "latchkey.tiers.rows.free.works=3",
            "latchkey.tiers.rows.free.device_blobs=1",
            "latchkey.tiers.snapshots.free=1",
            "latchkey.tiers.rates.guest.batches=2"
        })
class QuotasIT extends ApiTest {

    private static final String WORK = "{\"title\":\"Kindred\"}";

    private final String alice = newOwner();

    private HttpResponse<String> as(String tier, String method, String path, String body) {
        String token = TestTokens.with(
                alice, claims -> claims.claim("app_metadata", tier.isEmpty() ? null : Map.of("tier", tier)));
        HttpRequest.Builder request = request(path).header("Authorization", "Bearer " + token);
        return send(
                body.isEmpty()
                        ? request.method(method, BodyPublishers.noBody())
                        : request.header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> create(String tier) {
        return as(tier, "POST", "/v1/works", WORK);
    }

    private static String batch(int creations, boolean dryRun) {
        return IntStream.range(0, creations)
                .mapToObj(i ->
                        "{\"op_id\":\"%s\",\"table\":\"works\",\"op\":\"create\",\"id\":\"%s\",\"data\":{\"title\":\"x\"}}"
                                .formatted(UUID.randomUUID(), UUID.randomUUID()))
                .collect(Collectors.joining(",", "{\"dry_run\":" + dryRun + ",\"ops\":[", "]}"));
    }

    private long works() {
        return json(as("pro", "GET", "/v1/works?limit=100", "")).path("items").size();
    }

    private static void assertExceeded(HttpResponse<String> response, String quota, long limit) {
        JsonNode problem = assertProblem(response, 403, "quota_exceeded");
        assertThat(problem.path("quota").stringValue()).isEqualTo(quota);
        assertThat(problem.path("limit").longValue()).isEqualTo(limit);
        assertThat(problem.path("tier_required").stringValue()).isEqualTo("pro");
    }

    @Test
    void givenAFullTable_thenNoMoreIsAdded_butItCanBeChanged_andATierWithMoreGoesOn() {
        String path = create("").headers().firstValue("Location").orElseThrow();
        assertThat(create("free").statusCode()).isEqualTo(201);
        assertThat(create("free").statusCode()).isEqualTo(201);

        assertExceeded(create("free"), "works", 3);
        assertExceeded(create(""), "works", 3);
        assertThat(works()).isEqualTo(3);
        assertThat(as("free", "PATCH", path, "{\"title\":\"Wild Seed\"}").statusCode())
                .isEqualTo(200);
        assertThat(create("pro").statusCode()).isEqualTo(201);
        // Over it now: what is there stays one's own.
        assertThat(as("free", "PATCH", path, WORK).statusCode()).isEqualTo(200);
        assertThat(as("free", "DELETE", path, "").statusCode()).isEqualTo(204);
        assertExceeded(create("free"), "works", 3);
        // Somebody else's do not count.
        assertThat(post(newOwner(), "/v1/works", WORK).statusCode()).isEqualTo(201);
    }

    @Test
    void givenABatch_thenItIsHeldToWhatIsThereAfterIt_andADryRunTells() {
        assertExceeded(as("free", "POST", "/v1/writes/batch", batch(4, false)), "works", 3);
        assertExceeded(as("free", "POST", "/v1/writes/batch", batch(4, true)), "works", 3);
        assertThat(works()).isZero();

        assertThat(as("free", "POST", "/v1/writes/batch", batch(3, false)).statusCode())
                .isEqualTo(200);
        assertExceeded(as("free", "POST", "/v1/writes/batch", batch(1, false)), "works", 3);
        assertThat(as("pro", "POST", "/v1/writes/batch", batch(4, false)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void givenAPutThatCreates_thenItIsHeldToItAsWell() {
        String device = UUID.randomUUID().toString();
        for (String content : List.of("a", "b")) {
            String sha256 = content.repeat(64);
            as("free", "POST", "/v1/blobs", "{\"sha256\":\"" + sha256 + "\",\"size\":1}");
        }
        String path = "/v1/devices/" + device + "/blobs/";
        assertThat(as("free", "PUT", path + "a".repeat(64), "{\"present\":true}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(as("free", "PUT", path + "a".repeat(64), "{\"present\":false}")
                        .statusCode())
                .isEqualTo(200);
        assertExceeded(as("free", "PUT", path + "b".repeat(64), "{\"present\":true}"), "device_blobs", 1);
    }

    /** Rows that somebody else of the owner has added and not committed cannot be seen: they are waited for. */
    @Test
    void givenOthersThatAddAtTheSameMoment_thenNoneGetsPast() throws Exception {
        assertThat(create("free").statusCode()).isEqualTo(201);
        try (Connection other = TestDatabase.superuser();
                Connection onlooker = TestDatabase.superuser()) {
            other.setAutoCommit(false);
            execute(other, "insert into works (owner_id, title) values ('%1$s', 'a'), ('%1$s', 'b')".formatted(alice));
            execute(other, "select pg_advisory_xact_lock(hashtextextended('rows of %s', 0))".formatted(alice));

            CompletableFuture<HttpResponse<String>> third = CompletableFuture.supplyAsync(() -> create("free"));
            while (!third.isDone() && !isWaitedFor(onlooker)) {
                Thread.onSpinWait();
            }
            other.commit();

            assertExceeded(third.get(), "works", 3);
        }
        assertThat(works()).isEqualTo(3);
    }

    private static boolean isWaitedFor(Connection onlooker) throws SQLException {
        try (Statement statement = onlooker.createStatement();
                ResultSet waiting = statement.executeQuery(
                        "select exists (select from pg_locks where locktype = 'advisory' and not granted)")) {
            return waiting.next() && waiting.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void givenASnapshotWithMore_thenARestoreIsHeldToIt_andChangesNothing() throws InterruptedException {
        as("pro", "POST", "/v1/writes/batch", batch(4, false));
        String snapshot = as("free", "POST", "/v1/snapshots", "")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(state(snapshot, "/state")).isEqualTo("ready");
        assertExceeded(as("free", "POST", "/v1/snapshots", ""), "snapshots", 1);

        // As many as there are is no growth.
        assertThat(restored(snapshot, "free")).isEqualTo("done");
        String one = json(as("pro", "GET", "/v1/works", "")).at("/items/0/id").stringValue();
        as("free", "DELETE", "/v1/works/" + one, "");
        assertThat(restored(snapshot, "free")).isEqualTo("failed");
        assertThat(json(as("free", "GET", snapshot, ""))
                        .at("/restore/error_code")
                        .stringValue())
                .isEqualTo("quota_exceeded");
        assertThat(works()).isEqualTo(3);
        assertThat(restored(snapshot, "pro")).isEqualTo("done");
        assertThat(works()).isEqualTo(4);
    }

    private String restored(String snapshot, String tier) throws InterruptedException {
        HttpResponse<String> response = as(tier, "POST", snapshot + "/restore", "{\"mode\":\"replace\"}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return state(snapshot, "/restore/state");
    }

    private String state(String snapshot, String pointer) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            String state = json(as("pro", "GET", snapshot, "")).at(pointer).asString("");
            if (!state.equals("queued") && !state.equals("running")) {
                return state;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("it does not end");
    }

    @Test
    void givenARateOfTheTier_thenItCountsInsteadOfEverybodys() {
        HttpResponse<String> first = as("guest", "POST", "/v1/writes/batch", batch(1, true));

        assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"batches-per-owner\";q=2;w=60");
        assertThat(Stream.generate(() -> as("guest", "POST", "/v1/writes/batch", batch(1, true)))
                        .limit(50)
                        .anyMatch(response -> response.statusCode() == 429))
                .isTrue();
        assertThat(as("free", "POST", "/v1/writes/batch", batch(1, true))
                        .headers()
                        .firstValue("RateLimit-Policy"))
                .hasValue("\"batches-per-owner\";q=60;w=60");
    }
}
