package dev.latchkey.api.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyIT extends ApiTest {

    private final String owner = newOwner();
    private final String key = UUID.randomUUID().toString();

    @Test
    void whenSentAgain_thenTheFirstAnswerAndNothingIsCreated() {
        HttpResponse<String> first =
                create(owner, key, "/v1/works", "{\"title\":\"t\",\"metadata\":{\"b\":1.50,\"a\":2}}");
        String location = first.headers().firstValue("Location").orElseThrow();
        assertThat(send(owner, "PUT", location, "{\"title\":\"later\"}").statusCode())
                .isEqualTo(200);

        // The order of names and owner_id make no other request.
        HttpResponse<String> second = create(
                owner, key, "/v1/works", "{\"owner_id\":\"x\",\"metadata\":{\"a\":2,\"b\":1.50},\"title\":\"t\"}");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        for (String header : new String[] {"Location", "ETag", "Content-Type"}) {
            assertThat(second.headers().firstValue(header))
                    .isEqualTo(first.headers().firstValue(header));
        }
        assertThat(json(get(owner, "/v1/works")).path("items").size()).isEqualTo(1);
    }

    @Test
    void whenSentWithAnotherRequest_thenRefused() {
        create(owner, key, "/v1/works", "{\"title\":\"t\"}");

        assertProblem(create(owner, key, "/v1/works", "{\"title\":\"u\"}"), 422, "idempotency_key_reused");
        assertProblem(
                create(owner, key, "/v1/blobs", "{\"sha256\":\"%s\"}".formatted("0".repeat(64))),
                422,
                "idempotency_key_reused");
        assertProblem(
                create(owner, key, "/v1/works", "{\"id\":\"%s\",\"title\":\"t\"}".formatted(UUID.randomUUID())),
                422,
                "idempotency_key_reused");
    }

    @Test
    void whenARequestFailed_thenItIsMendedAndSentAgainWithItsKey() {
        String work = UUID.randomUUID().toString();
        String annotation = "{\"work_id\":\"%s\"}".formatted(work);
        assertProblem(create(owner, key, "/v1/annotations", annotation), 422, "parent_not_found");
        assertProblem(create(owner, key, "/v1/annotations", "{}"), 400, "invalid_field");
        post(owner, "/v1/works", "{\"id\":\"%s\",\"title\":\"t\"}".formatted(work));

        assertThat(create(owner, key, "/v1/annotations", annotation).statusCode())
                .isEqualTo(201);
    }

    @Test
    void whenTheFirstIsBeingAnswered_thenRefusedForNow() throws Exception {
        String lock = "hashtextextended('request of ' || ? || ' ' || ?, 0)";
        try (Connection first = TestDatabase.superuser();
                var hold = first.prepareStatement("select pg_advisory_lock(" + lock + ")");
                var release = first.prepareStatement("select pg_advisory_unlock(" + lock + ")")) {
            hold.setString(1, owner);
            hold.setString(2, key);
            hold.execute();
            assertProblem(create(owner, key, "/v1/works", "{\"title\":\"t\"}"), 409, "request_under_way");
            release.setString(1, owner);
            release.setString(2, key);
            release.execute();
        }

        assertThat(create(owner, key, "/v1/works", "{\"title\":\"t\"}").statusCode())
                .isEqualTo(201);
    }

    @Test
    void whenAnotherOwnerHasTheSameKey_thenItIsAnother() {
        String other = newOwner();
        create(owner, key, "/v1/works", "{\"title\":\"t\"}");

        HttpResponse<String> answer = create(other, key, "/v1/works", "{\"title\":\"u\"}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).path("title").stringValue()).isEqualTo("u");
    }

    @Test
    void whenTheAnswerIsOlderThanThirtyDays_thenItIsAsIfUnknown() throws Exception {
        create(owner, key, "/v1/works", "{\"title\":\"t\"}");
        try (Connection superuser = TestDatabase.superuser();
                var age = superuser.prepareStatement(
                        "update receipts set created_at = created_at - interval '30 days' where owner_id = ?")) {
            age.setString(1, owner);
            age.executeUpdate();
        }

        HttpResponse<String> second = create(owner, key, "/v1/works", "{\"title\":\"u\"}");

        assertThat(json(second).path("title").stringValue()).isEqualTo("u");
        assertThat(create(owner, key, "/v1/works", "{\"title\":\"u\"}").body()).isEqualTo(second.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\tb"})
    void whenTheKeyHasAnotherForm_thenRefused(String bad) {
        assertProblem(create(owner, bad, "/v1/works", "{\"title\":\"t\"}"), 400, "invalid_parameter");
    }

    @Test
    void whenTheKeyIsTooLong_thenRefused() {
        assertThat(create(owner, "k".repeat(128), "/v1/works", "{\"title\":\"t\"}")
                        .statusCode())
                .isEqualTo(201);
        assertProblem(create(owner, "k".repeat(129), "/v1/works", "{\"title\":\"t\"}"), 400, "invalid_parameter");
    }

    /** The claim and the receipt, beside the row and the commit. */
    @Test
    void whenThereIsAKey_thenTwoRoundTripsMore() {
        for (int i = 0; i < 6; i++) {
            create(owner, UUID.randomUUID().toString(), "/v1/works", "{\"title\":\"t\"}");
        }

        int trips = WIRE.roundTrips(() -> create(owner, key, "/v1/works", "{\"title\":\"t\"}"));

        assertThat(trips).isEqualTo(4);
    }

    private HttpResponse<String> create(String who, String idempotencyKey, String path, String json) {
        return send(as(who, path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(json)));
    }
}
