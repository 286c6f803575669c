package dev.latchkey.api.works;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others do to the database between two statements of a request, or before it. */
class WorksMeanwhileIT extends ApiTest {

    private final String alice = newOwner();
    private final String id = UUID.randomUUID().toString();
    private final String path = "/v1/works/" + id;

    @BeforeEach
    void create() {
        post(alice, "/v1/works", "{\"id\":\"%s\",\"title\":\"x\"}".formatted(id));
    }

    @Test
    void givenTwoChangesAtOnce_thenTheSecondIsToldSoAndChangesNothing() throws SQLException {
        assertProblem(whileAnotherChangeIsUnderWay(as(alice, path)), 409, "edit_conflict");
        assertThat(json(get(alice, path)).path("title").stringValue()).isEqualTo("meanwhile");
    }

    @Test
    void givenTwoChangesAtOnceAndIfMatch_thenThePreconditionFailed() throws SQLException {
        assertProblem(
                whileAnotherChangeIsUnderWay(as(alice, path).header("If-Match", "\"0\"")), 412, "precondition_failed");
    }

    @Test
    void givenTheOwnerIsDeleted_thenWritesAreRefused() throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            sql.execute("update app_users set deleted_at = now() where id = '" + alice + "'");
        }

        assertProblem(post(alice, "/v1/works", "{\"title\":\"y\"}"), 403, "owner_deleted");
        assertProblem(send(alice, "PUT", path, "{\"title\":\"y\"}"), 403, "owner_deleted");
    }

    /** The request has read the row and waits for its lock when the other change is committed. */
    private HttpResponse<String> whileAnotherChangeIsUnderWay(HttpRequest.Builder request) throws SQLException {
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            sql.execute("update works set version = version + 1, title = 'meanwhile' where id = '" + id + "'");
            CompletableFuture<HttpResponse<String>> answer =
                    CompletableFuture.supplyAsync(() -> send(request.header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString("{\"title\":\"mine\"}"))));
            await().until(() -> somebodyWaitsForALock(sql));
            superuser.commit();
            return answer.join();
        }
    }

    private static boolean somebodyWaitsForALock(Statement sql) throws SQLException {
        try (ResultSet rows = sql.executeQuery("select from pg_stat_activity where wait_event_type = 'Lock'")) {
            return rows.next();
        }
    }
}
