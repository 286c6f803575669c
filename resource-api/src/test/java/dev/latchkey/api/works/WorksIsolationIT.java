package dev.latchkey.api.works;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two people, every verb. */
class WorksIsolationIT extends ApiTest {

    private final String alice = newOwner();
    private final String bob = newOwner();
    private final String id = UUID.randomUUID().toString();
    private final String path = "/v1/works/" + id;
    private HttpResponse<String> hers;

    @BeforeEach
    void create() {
        hers = post(alice, "/v1/works", "{\"id\":\"%s\",\"title\":\"hers\"}".formatted(id));
    }

    private void assertHersUntouched() {
        assertThat(json(get(alice, path))).isEqualTo(json(hers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "PATCH", "DELETE"})
    void givenBobNamesAlicesWork_thenItIsTheSameAsOneThatNeverWas(String method) {
        HttpResponse<String> notHis = attempt(method, path);
        HttpResponse<String> nobodys = attempt(method, "/v1/works/" + UUID.randomUUID());

        assertThat(notHis.statusCode()).isEqualTo(404);
        assertThat(withoutRequestId(notHis)).isEqualTo(withoutRequestId(nobodys));
        assertThat(headers(notHis)).isEqualTo(headers(nobodys));
        assertHersUntouched();
    }

    @Test
    void givenBobKnowsItsVersion_thenItIsStillNotFound() {
        HttpRequest.Builder guess = as(bob, path).header("If-Match", "\"0\"").DELETE();

        assertProblem(send(guess), 404, "not_found");
        assertHersUntouched();
    }

    @Test
    void givenBobLists_thenHersIsNotThere() {
        assertThat(json(get(bob, "/v1/works")).path("items").isEmpty()).isTrue();
    }

    @Test
    void givenBobTakesTheSameId_thenHeGetsARowOfHisOwn() {
        HttpResponse<String> his = post(bob, "/v1/works", "{\"id\":\"%s\",\"title\":\"his\"}".formatted(id));

        assertThat(his.statusCode()).as(his.body()).isEqualTo(201);
        assertThat(json(get(bob, path)).path("title").stringValue()).isEqualTo("his");
        assertHersUntouched();

        assertThat(send(as(bob, path).DELETE()).statusCode()).isEqualTo(204);
        assertHersUntouched();
    }

    private HttpResponse<String> attempt(String method, String at) {
        boolean hasBody = method.startsWith("P");
        return send(as(bob, at)
                .header("Content-Type", "application/json")
                .method(method, hasBody ? BodyPublishers.ofString("{\"title\":\"bob\"}") : BodyPublishers.noBody()));
    }

    private static String withoutRequestId(HttpResponse<String> response) {
        return response.body()
                .replace(response.headers().firstValue("X-Request-Id").orElseThrow(), "");
    }

    private static Object headers(HttpResponse<String> response) {
        return response.headers().map().entrySet().stream()
                .filter(header -> !header.getKey().equals("x-request-id")
                        && !header.getKey().equals("date")
                        // How many requests bob has left.
                        && !header.getKey().equals("ratelimit"))
                .toList();
    }
}
