package dev.latchkey.api.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Sends batches. */
abstract class BatchTest extends ApiTest {

    protected final String owner = newOwner();

    protected static String id() {
        return UUID.randomUUID().toString();
    }

    /** An operation on a row by its id, with an {@code op_id} of its own. */
    protected static String op(String op, String table, String id, String more) {
        return "{\"op_id\":\"%s\",\"op\":\"%s\",\"table\":\"%s\",\"id\":\"%s\"%s}".formatted(id(), op, table, id, more);
    }

    protected static String data(String json) {
        return ",\"data\":" + json;
    }

    protected static String createWork(String id, String title) {
        return op("create", "works", id, data("{\"title\":\"%s\"}".formatted(title)));
    }

    protected static String createAnnotation(String id, String work) {
        return op("create", "annotations", id, data("{\"work_id\":\"%s\"}".formatted(work)));
    }

    protected static String createCard(String id, String annotation) {
        return op("create", "cards", id, data("{\"annotation_id\":\"%s\",\"front\":\"f\"}".formatted(annotation)));
    }

    protected static String body(List<String> ops, String more) {
        return "{\"ops\":[" + String.join(",", ops) + "]" + more + "}";
    }

    protected HttpResponse<String> batch(String... ops) {
        return batch(List.of(ops), "");
    }

    protected HttpResponse<String> batch(List<String> ops, String more) {
        return post(owner, "/v1/writes/batch", body(ops, more));
    }

    /** What became of each operation of a batch that was taken. */
    protected static List<String> statuses(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return stream(json(answer).path("receipts"))
                .map(receipt -> receipt.path("status").stringValue())
                .toList();
    }

    protected static List<String> pointers(JsonNode problem) {
        return stream(problem.path("errors"))
                .map(error -> error.path("pointer").stringValue())
                .toList();
    }

    protected static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    protected JsonNode read(String path) {
        HttpResponse<String> answer = get(owner, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    protected boolean isThere(String path) {
        return get(owner, path).statusCode() == 200;
    }

    protected String title(String work) {
        return read("/v1/works/" + work).path("title").stringValue();
    }
}
