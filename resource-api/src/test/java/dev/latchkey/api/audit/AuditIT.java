package dev.latchkey.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AuditIT extends ApiTest {

    private static final String DEVICE = "0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11";

    private final String alice = newOwner();

    private JsonNode trail(String parameters) {
        HttpResponse<String> response = get(alice, "/v1/audit" + parameters);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    @Test
    void givenAChange_thenTheTrailSaysWhoByWhichRequestAndDevice() {
        HttpResponse<String> created = send(as(alice, "/v1/works")
                .header("Content-Type", "application/json")
                .header("X-Request-Id", "request-1")
                .header("X-Device-Id", DEVICE)
                .header("X-Actor-Uid", "somebody-else")
                .POST(BodyPublishers.ofString("{\"title\":\"canary\"}")));
        String id = json(created).path("id").stringValue();

        JsonNode entry = trail("").path("items").get(0);

        assertThat(entry.propertyNames())
                .containsExactly("id", "at", "actor_uid", "action", "table", "row_id", "request_id", "device_id");
        assertThat(entry.path("actor_uid").stringValue()).isEqualTo("A".repeat(43));
        assertThat(entry.path("action").stringValue()).isEqualTo("create");
        assertThat(entry.path("table").stringValue()).isEqualTo("works");
        assertThat(entry.path("row_id").stringValue()).isEqualTo(id);
        assertThat(entry.path("request_id").stringValue()).isEqualTo("request-1");
        assertThat(entry.path("device_id").stringValue()).isEqualTo(DEVICE);
        assertThat(trail("").toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/audit", "/v1/snapshots"})
    void givenAParameterThatNobodyKnows_thenItIsNamed(String list) {
        JsonNode problem = assertProblem(get(alice, list + "?limit=3&table=works"), 400, "invalid_parameter");

        assertThat(problem.toString()).contains("\"table\"", "limit, cursor");
    }

    @Test
    void givenManyChanges_thenTheyAreReadNewestFirstByCursor() {
        IntStream.range(0, 5)
                .forEach(i -> post(
                        alice,
                        "/v1/works",
                        "{\"id\":\"0b9f6ad4-2c84-4b1c-9a52-00000000000%d\",\"title\":\"x\"}".formatted(i)));

        JsonNode first = trail("?limit=3");
        JsonNode second = trail("?limit=3&cursor=" + first.path("next_cursor").stringValue());

        assertThat(first.path("items")
                        .valueStream()
                        .map(e -> e.path("row_id").stringValue().substring(35)))
                .containsExactly("4", "3", "2");
        assertThat(second.path("items")
                        .valueStream()
                        .map(e -> e.path("row_id").stringValue().substring(35)))
                .containsExactly("1", "0");
        assertThat(second.path("next_cursor").isNull()).isTrue();
    }

    @Test
    void givenSomebodyElse_thenHeSeesNothingOfIt() {
        post(alice, "/v1/works", "{\"title\":\"x\"}");

        assertThat(json(get(newOwner(), "/v1/audit")).path("items").isEmpty()).isTrue();
    }

    @Test
    void givenARefusedChange_thenTheTrailDoesNotHaveIt() {
        post(alice, "/v1/assets", "{\"work_id\":\"" + DEVICE + "\"}");

        assertThat(trail("").path("items").isEmpty()).isTrue();
    }

    @Test
    void givenATriesToWriteIt_thenThereIsNoWay() {
        assertProblem(post(alice, "/v1/audit", "{}"), 405, "method_not_allowed");
        assertProblem(send(as(alice, "/v1/audit").DELETE()), 405, "method_not_allowed");
    }
}
