package dev.latchkey.api.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Batches at the same time, of one another and of other writes. */
@TestPropertySource(properties = "test.connections=4")
class BatchMeanwhileIT extends BatchTest {

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('batch of ' || '%s', 0))";

    private final String work = id();

    @BeforeEach
    void write() {
        batch(createWork(work, "t"));
    }

    @Test
    void whenTheSameBatchIsSentAtOnce_thenItIsDoneOnceAndAllGetTheSameReceipts() {
        List<String> ops = Stream.concat(
                        IntStream.range(0, 20).mapToObj(i -> createAnnotation(id(), work)),
                        Stream.of(op("patch", "works", work, data("{\"title\":\"u\"}"))))
                .toList();

        List<HttpResponse<String>> answers =
                IntStream.range(0, 4)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> batch(ops, "")))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        answers.forEach(answer -> assertThat(statuses(answer)).containsOnly("applied"));
        assertThat(answers.stream().map(answer -> json(answer).path("receipts")).distinct())
                .hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> json(answer).path("repeated").intValue() == 0))
                .hasSize(1);
        assertThat(read("/v1/works/" + work).path("version").intValue()).isEqualTo(1);
        assertThat(read("/v1/annotations?limit=100").path("items").size()).isEqualTo(20);
    }

    /** The batch has read the row and waits for its lock when the other change is committed: it looks again. */
    @Test
    void whenARowIsChangedAtTheSameMoment_thenTheBatchMeetsItAsItIsThen() throws SQLException {
        assertThat(statuses(whileChanged(op("patch", "works", work, data("{\"kind\":\"book\"}")))))
                .containsExactly("applied");
        assertThat(title(work)).isEqualTo("meanwhile");
        assertThat(read("/v1/works/" + work).path("version").intValue()).isEqualTo(2);

        assertProblem(
                whileChanged(op("patch", "works", work, ",\"version\":2" + data("{\"kind\":\"paper\"}"))),
                409,
                "write_conflict");
    }

    @Test
    void whenARowIsCreatedAtTheSameMoment_thenTheBatchMeetsIt() throws SQLException {
        String other = id();
        HttpResponse<String> answer = meanwhile(
                "insert into works (owner_id, id, title) values ('%s', '%s', 'meanwhile')".formatted(owner, other),
                createWork(other, "mine"));

        assertProblem(answer, 409, "write_conflict");
        assertThat(title(other)).isEqualTo("meanwhile");
    }

    /** Who waits too long for another's lock is told so, and holds no connection meanwhile. */
    @Test
    void whenALockIsHeldForLong_thenUnavailable() throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            sql.execute(LOCK.formatted(owner));

            HttpResponse<String> answer = batch(createWork(id(), "t"));

            assertProblem(answer, 503, "unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    /** There are four connections, and eight who want one. */
    @Test
    void whenAnOwnerSendsManyAtOnce_thenOthersStillGetAConnection() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> many;
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            sql.execute(LOCK.formatted(owner));
            many = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> batch(createWork(id(), "t"))))
                    .toList();
            await().until(() -> sql.executeQuery("select from pg_stat_activity where wait_event_type = 'Lock'")
                    .next());

            assertThat(get(newOwner(), "/v1/works").statusCode()).isEqualTo(200);
            assertThat(superuser
                            .createStatement()
                            .executeQuery(
                                    "select count(*) from pg_stat_activity where wait_event = 'advisory' having count(*) = 1")
                            .next())
                    .isTrue();
        }
        many.forEach(answer -> assertThat(answer.join().statusCode()).isIn(200, 503));
    }

    private HttpResponse<String> whileChanged(String op) throws SQLException {
        return meanwhile(
                "update works set version = version + 1, title = 'meanwhile' where id = '%s'".formatted(work), op);
    }

    private HttpResponse<String> meanwhile(String change, String op) throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            sql.execute(change);
            CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> batch(op));
            await().until(() -> sql.executeQuery("select from pg_stat_activity where wait_event_type = 'Lock'")
                    .next());
            superuser.commit();
            return answer.join();
        }
    }
}
