package dev.latchkey.api.works;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every body here is refused with its code and, where it has fields, a pointer to the one that is wrong; none costs SQL. */
class WorksBadInputIT extends ApiTest {

    private final String alice = newOwner();

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("", "malformed_json", null),
                arguments("{", "malformed_json", null),
                arguments("null", "malformed_json", null),
                arguments("[]", "invalid_field", "#"),
                arguments("\"x\"", "invalid_field", "#"),
                arguments("{'title':'x'}", "malformed_json", null),
                arguments("{\"title\":NaN}", "malformed_json", null),
                arguments("{\"title\":\"x\"} {}", "malformed_json", null),
                arguments("{\"title\":\"x\",\"title\":\"y\"}", "malformed_json", null),
                arguments(with("metadata", "{\"a\":1,\"a\":2}"), "malformed_json", null),
                arguments(with("metadata", "{\"a\":" + "[".repeat(70) + "]".repeat(70) + "}"), "malformed_json", null),
                arguments("[".repeat(100_000), "invalid_field", "#"),
                arguments(with("metadata", "{\"a\":" + "9".repeat(2000) + "}"), "malformed_json", null),
                arguments(with("metadata", "{\"a\":0.1e-2147483649}"), "malformed_json", null),
                arguments(with("bogus", "1"), "unknown_field", "#/bogus"),
                arguments(with("bo~/\\u0000", "1"), "unknown_field", "#/bo~0~1%00"),
                arguments(with("created_at", "\"2026-01-01T00:00:00Z\""), "unknown_field", "#/created_at"),
                arguments(with("version", "1"), "unknown_field", "#/version"),
                arguments(with("ownerId", "\"x\""), "unknown_field", "#/ownerId"),
                arguments("{}", "invalid_field", "#/title"),
                arguments("{\"title\":null}", "invalid_field", "#/title"),
                arguments("{\"title\":\"\"}", "invalid_field", "#/title"),
                arguments("{\"title\":5}", "invalid_field", "#/title"),
                arguments("{\"title\":true}", "invalid_field", "#/title"),
                arguments("{\"title\":[\"x\"]}", "invalid_field", "#/title"),
                arguments("{\"title\":{\"a\":1}}", "invalid_field", "#/title"),
                arguments("{\"title\":\"" + "x".repeat(501) + "\"}", "invalid_field", "#/title"),
                arguments("{\"title\":\"a\\u0000b\"}", "invalid_field", "#/title"),
                arguments("{\"title\":\"a\\ud800b\"}", "invalid_field", "#/title"),
                arguments("{\"title\":\"a\\udc00\"}", "invalid_field", "#/title"),
                arguments(with("id", "\"x\""), "invalid_field", "#/id"),
                arguments(with("id", "\"\""), "invalid_field", "#/id"),
                arguments(with("id", "\"1-1-1-1-1\""), "invalid_field", "#/id"),
                arguments(with("id", "\"AAAAAAAAAAAAAAAAAAAAAA==\""), "invalid_field", "#/id"),
                arguments(with("id", "5"), "invalid_field", "#/id"),
                arguments(with("kind", "\"BOOK\""), "invalid_field", "#/kind"),
                arguments(with("kind", "\"\""), "invalid_field", "#/kind"),
                arguments(with("kind", "0"), "invalid_field", "#/kind"),
                arguments(with("authors", "\"x\""), "invalid_field", "#/authors"),
                arguments(with("authors", "\"\""), "invalid_field", "#/authors"),
                arguments(with("authors", "{}"), "invalid_field", "#/authors"),
                arguments(with("authors", "[5]"), "invalid_field", "#/authors/0"),
                arguments(with("authors", "[\"x\",null]"), "invalid_field", "#/authors/1"),
                arguments(with("authors", "[\"x\",\"" + "x".repeat(201) + "\"]"), "invalid_field", "#/authors/1"),
                arguments(with("authors", "[\"\\u0000\"]"), "invalid_field", "#/authors/0"),
                arguments(with("authors", "[\"x\"" + ",\"x\"".repeat(50) + "]"), "invalid_field", "#/authors"),
                arguments(with("published_year", "\"1984\""), "invalid_field", "#/published_year"),
                arguments(with("published_year", "\"\""), "invalid_field", "#/published_year"),
                arguments(with("published_year", "1984.5"), "invalid_field", "#/published_year"),
                arguments(with("published_year", "2147483648"), "invalid_field", "#/published_year"),
                arguments(with("published_year", "1e400"), "invalid_field", "#/published_year"),
                arguments(with("published_year", "true"), "invalid_field", "#/published_year"),
                arguments(with("metadata", "[]"), "invalid_field", "#/metadata"),
                arguments(with("metadata", "\"\""), "invalid_field", "#/metadata"),
                arguments(with("metadata", "5"), "invalid_field", "#/metadata"),
                arguments(with("metadata", "{\"a\":\"\\u0000\"}"), "invalid_field", "#/metadata"),
                arguments(with("metadata", "{\"\\u0000\":1}"), "invalid_field", "#/metadata"),
                arguments(with("metadata", "{\"a\":[\"\\ud800\"]}"), "invalid_field", "#/metadata"),
                arguments(with("metadata", "{\"a\":1e400}"), "invalid_field", "#/metadata"),
                arguments(with("metadata", "{\"a\":-1e2000000000}"), "invalid_field", "#/metadata"),
                arguments(with("metadata", "{\"a\":1e-2000000000}"), "invalid_field", "#/metadata"),
                // Doubles, but longer when written out than what is read.
                arguments(with("metadata", "{\"a\":0e-1500}"), "invalid_field", "#/metadata"),
                arguments(with("metadata", "{\"a\":0e-20000}"), "invalid_field", "#/metadata"),
                arguments(with("metadata", "{\"a\":[0e20000]}"), "invalid_field", "#/metadata"),
                arguments(with("metadata", "{\"a\":1." + "7".repeat(900) + "e-300}"), "invalid_field", "#/metadata"),
                arguments(
                        with("metadata", "{\"a\":" + "[".repeat(62) + "]".repeat(62) + "}"),
                        "invalid_field",
                        "#/metadata"),
                arguments(with("metadata", "{\"a\":\"" + "x".repeat(16 * 1024) + "\"}"), "invalid_field", "#/metadata"),
                arguments(
                        with("metadata", "{\"a\":[1e300" + ",1e300".repeat(60) + "]}"), "invalid_field", "#/metadata"));
    }

    private static String with(String field, String value) {
        return "{\"title\":\"x\",\"" + field + "\":" + value + "}";
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void givenABodyThatIsWrong_thenItIsRefusedWithoutSql(String body, String code, String pointer) {
        int roundTrips = WIRE.roundTrips(() -> {
            assertRefused(post(alice, "/v1/works", body), code, pointer);
            assertRefused(send(alice, "PUT", "/v1/works/" + java.util.UUID.randomUUID(), body), code, pointer);
        });

        assertThat(roundTrips).isZero();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void givenAPatchThatIsWrong_thenNothingChanges(String body, String code, String pointer) {
        HttpResponse<String> created = post(alice, "/v1/works", "{\"title\":\"x\"}");
        String path = created.headers().firstValue("Location").orElseThrow();
        if (body.equals("{}")) {
            assertThat(send(alice, "PATCH", path, body).statusCode()).isEqualTo(200);
            return;
        }

        assertRefused(send(alice, "PATCH", path, body), code, pointer);

        assertThat(json(get(alice, path))).isEqualTo(json(created));
    }

    @Test
    void givenSeveralWrongFields_thenAllAreNamed() {
        JsonNode problem = assertProblem(
                post(alice, "/v1/works", "{\"title\":\"\",\"authors\":[null],\"metadata\":{\"a\":1e999}}"),
                400,
                "invalid_field");

        assertThat(problem.path("errors")
                        .valueStream()
                        .map(e -> e.path("pointer").stringValue()))
                .containsExactlyInAnyOrder("#/title", "#/authors/0", "#/metadata");
    }

    @Test
    void givenBytesThatAreNoUtf8_thenTheyAreRefused() {
        byte[] body = "{\"title\":\"x?\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        body[11] = (byte) 0xC3;

        assertProblem(
                send(as(alice, "/v1/works")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))),
                400,
                "malformed_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%00", "'%20or%201=1--", "AAAAAAAAAAAAAAAAAAAAAA=="})
    void givenAnIdThatIsNone_thenItIsRefused(String id) {
        HttpResponse<String> response = get(alice, "/v1/works/" + id);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "q=%c0%af,              bad_request",
        "cursor=%ff,            bad_request",
        "limit=%ed%a0%80,       bad_request",
        "limit=1&limit=2,       invalid_parameter",
        "cursor=&cursor=,       invalid_parameter",
        "sort=title;drop+table, invalid_parameter"
    })
    void givenAQueryThatIsWrong_thenItIsRefused(String query, String code) {
        assertProblem(get(alice, "/v1/works?" + query), 400, code);
    }

    @Test
    void givenAParameterWithALongName_thenTheAnswerIsShort() {
        HttpResponse<String> response = get(alice, "/v1/works?" + "a".repeat(5000) + "=1");

        assertThat(assertProblem(response, 400, "invalid_parameter").toString()).hasSizeLessThan(1000);
    }

    private static void assertRefused(HttpResponse<String> response, String code, String pointer) {
        JsonNode problem = assertProblem(response, 400, code);
        if (pointer != null) {
            assertThat(problem.path("errors")
                            .valueStream()
                            .map(e -> e.path("pointer").stringValue()))
                    .containsExactly(pointer);
        }
    }
}
