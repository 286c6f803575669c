package dev.latchkey.api.works;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WorksIT extends ApiTest {

    private final String alice = newOwner();

    private HttpResponse<String> create(String json) {
        return post(alice, "/v1/works", json);
    }

    private String created(String json) {
        HttpResponse<String> response = create(json);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response).path("id").stringValue();
    }

    private HttpResponse<String> conditional(String method, String path, String header, String value, String body) {
        return send(as(alice, path)
                .header("Content-Type", "application/json")
                .header(header, value)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    @Nested
    class Create {

        @Test
        void givenATitleAlone_thenEverythingElseHasItsDefault() {
            HttpResponse<String> response = create("{\"title\":\"Kindred\"}");

            assertThat(response.statusCode()).isEqualTo(201);
            JsonNode work = json(response);
            assertThat(work.propertyNames())
                    .containsExactly(
                            "id",
                            "title",
                            "kind",
                            "authors",
                            "published_year",
                            "metadata",
                            "created_at",
                            "updated_at",
                            "version");
            assertThat(work.path("kind").stringValue()).isEqualTo("other");
            assertThat(work.path("authors").isEmpty()).isTrue();
            assertThat(work.path("published_year").isNull()).isTrue();
            assertThat(work.path("metadata").isObject()).isTrue();
            assertThat(Instant.parse(work.path("created_at").stringValue())).isBeforeOrEqualTo(Instant.now());
            assertThat(work.path("updated_at")).isEqualTo(work.path("created_at"));
            assertThat(response.headers().firstValue("Location"))
                    .hasValue("/v1/works/" + work.path("id").stringValue());
            assertThat(response.headers().firstValue("ETag")).isPresent();
        }

        @Test
        void givenEveryField_thenReadAnswersWhatCreateAnswered() {
            HttpResponse<String> response = create("""
                    {"id":"%s","title":"Die Wand 📚","kind":"book","authors":["Marlen Haushofer"],"published_year":1963,
                     "metadata":{"a":[1,{"b":null}],"price":12.50,"big":1e20,"precise":0.12345678901234567890}}
                    """.formatted(UUID.randomUUID()));

            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
            HttpResponse<String> read =
                    get(alice, response.headers().firstValue("Location").orElseThrow());
            assertThat(json(read)).isEqualTo(json(response));
            assertThat(read.body()).contains("12.50", "0.12345678901234567890", "100000000000000000000");
            assertThat(read.headers().firstValue("ETag"))
                    .isEqualTo(response.headers().firstValue("ETag"));
        }

        @Test
        void givenAnIdOfOnesOwn_thenASecondOneIsRefused() {
            String json = "{\"id\":\"%s\",\"title\":\"x\"}".formatted(UUID.randomUUID());
            created(json);

            assertProblem(create(json), 409, "already_exists");
        }

        @Test
        void givenAnOwnerId_thenItIsIgnored() {
            String bob = newOwner();

            String id = created("{\"title\":\"x\",\"owner_id\":\"" + bob + "\"}");

            assertThat(get(alice, "/v1/works/" + id).statusCode()).isEqualTo(200);
            assertThat(get(bob, "/v1/works/" + id).statusCode()).isEqualTo(404);
        }

        @Test
        void givenLimitsReached_thenTheyAreAllowed() {
            String authors = "\"" + "é".repeat(200) + "\"" + ",\"x\"".repeat(49);
            // Two UTF-16 units each, but one character, which is what the limit counts.
            String title = "📚".repeat(500);
            String metadata = "{\"k\":\"" + "x".repeat(16 * 1024 - "{\"k\":\"\"}".length()) + "\"}";

            created("{\"title\":\"%s\",\"authors\":[%s],\"metadata\":%s,\"published_year\":-2147483648}"
                    .formatted(title, authors, metadata));
        }
    }

    @Nested
    class Change {

        private final String path =
                "/v1/works/" + created("{\"title\":\"old\",\"kind\":\"book\",\"metadata\":{\"a\":1,\"b\":{\"c\":2}}}");

        @Test
        void whenReplaced_thenWhatIsNotNamedHasItsDefaultAgain() {
            HttpResponse<String> response = send(alice, "PUT", path, "{\"title\":\"new\"}");

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            JsonNode work = json(response);
            assertThat(work.path("title").stringValue()).isEqualTo("new");
            assertThat(work.path("kind").stringValue()).isEqualTo("other");
            assertThat(work.path("metadata").isEmpty()).isTrue();
            assertThat(work.path("version").intValue()).isEqualTo(1);
            assertThat(response.headers().firstValue("ETag")).hasValue("\"1\"");
            assertThat(json(get(alice, path))).isEqualTo(work);
        }

        @Test
        void whenNothingIsThere_thenReplacingDoesNotCreate() {
            String absent = "/v1/works/" + UUID.randomUUID();

            assertProblem(send(alice, "PUT", absent, "{\"title\":\"x\"}"), 404, "not_found");
            assertThat(get(alice, absent).statusCode()).isEqualTo(404);
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/merge-patch+json", "application/json"})
        void whenPatched_thenOnlyWhatIsNamedChanges(String type) {
            HttpResponse<String> response = send(
                    as(alice, path)
                            .header("Content-Type", type)
                            .method(
                                    "PATCH",
                                    BodyPublishers.ofString(
                                            "{\"authors\":[\"x\"],\"metadata\":{\"a\":null,\"b\":{\"d\":3}},\"owner_id\":\"eve\"}")));

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            JsonNode work = json(response);
            assertThat(work.path("title").stringValue()).isEqualTo("old");
            assertThat(work.path("kind").stringValue()).isEqualTo("book");
            assertThat(work.path("authors").size()).isEqualTo(1);
            assertThat(work.path("metadata").toString()).isEqualTo("{\"b\":{\"c\":2,\"d\":3}}");
            assertThat(json(get(alice, path))).isEqualTo(work);
        }

        @Test
        void whenPatchedWithNull_thenTheFieldHasItsDefaultAgain() {
            JsonNode work = json(send(alice, "PATCH", path, "{\"kind\":null,\"metadata\":null}"));

            assertThat(work.path("kind").stringValue()).isEqualTo("other");
            assertThat(work.path("metadata").isEmpty()).isTrue();
        }

        @Test
        void whenTheIdDiffersFromTheAddress_thenItIsRefused() {
            String json = "{\"title\":\"x\",\"id\":\"%s\"}".formatted(UUID.randomUUID());

            assertThat(assertProblem(send(alice, "PUT", path, json), 400, "invalid_field")
                            .toString())
                    .contains("#/id");
            assertThat(assertProblem(send(alice, "PATCH", path, json), 400, "invalid_field")
                            .toString())
                    .contains("#/id");
        }

        @Test
        void whenDeleted_thenItIsGone() {
            HttpResponse<String> response = send(as(alice, path).DELETE());

            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.body()).isEmpty();
            assertProblem(get(alice, path), 404, "not_found");
            assertProblem(send(as(alice, path).DELETE()), 404, "not_found");
        }

        @Test
        void givenTheCurrentVersion_thenItIsChanged() {
            assertThat(conditional("PUT", path, "If-Match", "\"0\"", "{\"title\":\"x\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(conditional("PATCH", path, "If-Match", "\"7\", \"1\"", "{\"title\":\"y\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(conditional("DELETE", path, "If-Match", "*", null).statusCode())
                    .isEqualTo(204);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"7\"", "W/\"0\"", "0", "nonsense", "\"\""})
        void givenAnotherVersion_thenNothingChanges(String version) {
            assertProblem(
                    conditional("PUT", path, "If-Match", version, "{\"title\":\"x\"}"), 412, "precondition_failed");
            assertProblem(
                    conditional("PATCH", path, "If-Match", version, "{\"title\":\"x\"}"), 412, "precondition_failed");
            assertProblem(conditional("DELETE", path, "If-Match", version, null), 412, "precondition_failed");
            assertThat(json(get(alice, path)).path("title").stringValue()).isEqualTo("old");
        }

        @Test
        void givenAVersionOfWhatIsNotThere_thenItIsNotFound() {
            assertProblem(
                    conditional("PUT", "/v1/works/" + UUID.randomUUID(), "If-Match", "\"7\"", "{\"title\":\"x\"}"),
                    404,
                    "not_found");
        }

        @Test
        void givenTheVersionOneHas_thenReadSendsNoBody() {
            assertThat(conditional("GET", path, "If-None-Match", "\"0\"", null).statusCode())
                    .isEqualTo(304);
            assertThat(conditional("GET", path, "If-None-Match", "\"7\"", null).statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class ListOf {

        private JsonNode page(String query) {
            HttpResponse<String> response = get(alice, "/v1/works" + query);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return json(response);
        }

        private List<String> ids(JsonNode page) {
            return page.path("items")
                    .valueStream()
                    .map(work -> work.path("id").stringValue())
                    .toList();
        }

        @Test
        void givenNothing_thenItIsEmpty() {
            JsonNode page = page("");

            assertThat(page.path("items").isEmpty()).isTrue();
            assertThat(page.get("next_cursor").isNull()).isTrue();
        }

        @Test
        void givenMoreThanAPage_thenCursorsReachEachOnceNewestFirst() {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                expected.add(0, created("{\"title\":\"%d\"}".formatted(i)));
            }

            List<String> seen = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = page("?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
                assertThat(page.path("items").size()).isLessThanOrEqualTo(3);
                seen.addAll(ids(page));
                cursor = page.path("next_cursor").asString("");
                // What comes in meanwhile neither shows up twice nor pushes anything out.
                created("{\"title\":\"late\"}");
            } while (!cursor.isEmpty());

            assertThat(seen).containsExactlyElementsOf(expected);
        }

        @Test
        void givenExactlyAPage_thenThereIsNoNextOne() {
            created("{\"title\":\"1\"}");
            created("{\"title\":\"2\"}");

            assertThat(page("?limit=2").get("next_cursor").isNull()).isTrue();
            assertThat(ids(page("?limit=1"))).hasSize(1);
        }

        @Test
        void givenNoLimit_thenTwentyAreShown() {
            for (int i = 0; i < 21; i++) {
                created("{\"title\":\"%d\"}".formatted(i));
            }

            assertThat(ids(page(""))).hasSize(20);
            assertThat(ids(page("?limit=100"))).hasSize(21);
        }

        @Test
        void whenAWorkIsChanged_thenItComesFirst() {
            String older = created("{\"title\":\"older\"}");
            String newer = created("{\"title\":\"newer\"}");
            send(alice, "PATCH", "/v1/works/" + older, "{\"title\":\"again\"}");

            assertThat(ids(page(""))).containsExactly(older, newer);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "101", "-1", "x", "1.5", "", "%20", "99999999999999999999"})
        void givenALimitOutOfRange_thenItIsRefused(String limit) {
            assertProblem(get(alice, "/v1/works?limit=" + limit), 400, "invalid_parameter");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "x",
                    "%00",
                    "AAAA",
                    "'%20or%201=1",
                    "__________________________________8",
                    "f_________8AAAAAAAAAAAAAAAAAAAAA",
                    "gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                })
        void givenACursorOfOnesOwnMaking_thenItIsRefused(String cursor) {
            assertProblem(get(alice, "/v1/works?cursor=" + cursor), 400, "invalid_cursor");
        }
    }
}
