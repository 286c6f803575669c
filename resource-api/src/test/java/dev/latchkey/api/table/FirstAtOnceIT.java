package dev.latchkey.api.table;

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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where PUT makes what is not there yet, and somebody else does so at the same time. */
class FirstAtOnceIT extends ApiTest {

    private final String alice = newOwner();

    @Test
    void theSecondIsToldThatThereWasAnother() throws SQLException {
        assertProblem(whileAnotherIsFirst(as(alice, "/v1/settings")), 409, "edit_conflict");
    }

    @Test
    void givenIfMatch_thenThePreconditionFailed() throws SQLException {
        assertProblem(
                whileAnotherIsFirst(as(alice, "/v1/settings").header("If-Match", "\"0\"")), 412, "precondition_failed");
    }

    /** The request has found nothing and waits for the other to end. */
    private HttpResponse<String> whileAnotherIsFirst(HttpRequest.Builder request) throws SQLException {
        post(alice, "/v1/works", "{\"title\":\"so that she is known\"}");
        try (Connection superuser = TestDatabase.superuser();
                Statement sql = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            sql.execute("insert into settings (owner_id, id, document) values ('" + alice
                    + "', '00000000-0000-0000-0000-000000000000', '{}')");
            CompletableFuture<HttpResponse<String>> answer =
                    CompletableFuture.supplyAsync(() -> send(request.header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString("{\"mine\":true}"))));
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
