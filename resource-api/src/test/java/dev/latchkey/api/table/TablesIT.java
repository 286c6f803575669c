package dev.latchkey.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What every table does, asked of each; what is one table's own; and how they belong together. */
class TablesIT extends ApiTest {

    private static final String SHA = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String OTHER_SHA = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";
    private static final String DEVICE = "0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11";

    /** A table, with bodies that hold {@code @parent} where an id of the parent goes. */
    private enum Kind {
        WORKS("{\"title\":\"old\"}", "{\"title\":\"new\",\"published_year\":7}", "title"),
        ASSETS(
                "{\"work_id\":\"@parent\",\"filename\":\"a.pdf\"}",
                "{\"work_id\":\"@parent\",\"filename\":\"b.pdf\",\"role\":\"supplement\",\"sha256\":\"" + SHA
                        + "\",\"media_type\":\"application/pdf\",\"metadata\":{\"pages\":3}}",
                "filename"),
        ANNOTATIONS(
                "{\"work_id\":\"@parent\",\"content\":\"old\"}",
                "{\"work_id\":\"@parent\",\"content\":\"new\",\"kind\":\"rectangle\",\"page\":0,\"data\":{\"x\":0.5}}",
                "content"),
        CARDS(
                "{\"annotation_id\":\"@parent\",\"front\":\"old\"}",
                "{\"annotation_id\":\"@parent\",\"front\":\"new\",\"back\":\"b\",\"due_at\":\"2026-01-31T09:30:00.123456+02:00\","
                        + "\"scheduling\":{\"ease\":2.50}}",
                "front"),
        BLOBS(
                "{\"sha256\":\"" + SHA + "\",\"size\":1}",
                "{\"sha256\":\"" + SHA + "\",\"size\":9007199254740991}",
                "size");

        private final String body;
        private final String changed;
        private final String field;

        Kind(String body, String changed, String field) {
            this.body = body;
            this.changed = changed;
            this.field = field;
        }

        private String path() {
            return "/v1/" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final String alice = newOwner();
    private final String bob = newOwner();

    private String created(String owner, String path, String body) {
        HttpResponse<String> response = post(owner, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static String idOf(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String work(String owner) {
        return idOf(created(owner, "/v1/works", "{\"title\":\"w\"}"));
    }

    private String annotation(String owner, String work) {
        return idOf(created(owner, "/v1/annotations", "{\"work_id\":\"" + work + "\"}"));
    }

    private String parentOf(Kind kind, String owner) {
        return switch (kind) {
            case WORKS, BLOBS -> "";
            case ASSETS, ANNOTATIONS -> work(owner);
            case CARDS -> annotation(owner, work(owner));
        };
    }

    @ParameterizedTest
    @EnumSource
    void everyTableCreatesReadsReplacesPatchesListsAndDeletes(Kind kind) {
        String parent = parentOf(kind, alice);
        String at = created(alice, kind.path(), kind.body.replace("@parent", parent));
        assertThat(at).startsWith(kind.path() + "/");

        HttpResponse<String> replaced = send(alice, "PUT", at, kind.changed.replace("@parent", parent));
        assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(get(alice, at).body()).isEqualTo(replaced.body());

        JsonNode old = json(post(alice, kind.path(), "{}"));
        assertThat(old.path("status").intValue()).isEqualTo(400);

        HttpResponse<String> patched = send(alice, "PATCH", at, "{\"owner_id\":\"" + bob + "\"}");
        assertThat(json(patched).path(kind.field)).isEqualTo(json(replaced).path(kind.field));
        assertThat(json(patched).path("version").intValue()).isEqualTo(2);

        assertProblem(send(as(alice, at).header("If-Match", "\"1\"").DELETE()), 412, "precondition_failed");
        assertThat(json(get(alice, kind.path())).path("items").get(0)).isEqualTo(json(patched));
        assertThat(send(as(alice, at).header("If-Match", "\"2\"").DELETE()).statusCode())
                .isEqualTo(204);
        assertProblem(get(alice, at), 404, "not_found");
    }

    @ParameterizedTest
    @EnumSource
    void aRowOfSomebodyElseIsNotThere(Kind kind) {
        String hers = created(alice, kind.path(), kind.body.replace("@parent", parentOf(kind, alice)));
        String before = get(alice, hers).body();

        for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
            String body = kind.changed.replace("@parent", parentOf(kind, bob));
            assertProblem(send(bob, method, hers, body), 404, "not_found");
        }
        assertThat(json(get(bob, kind.path())).path("items").toString()).doesNotContain(idOf(hers));
        assertThat(get(alice, hers).body()).isEqualTo(before);
    }

    @Nested
    class Parents {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "/v1/assets | {\"work_id\":\"@\"} | #/work_id",
                    "/v1/annotations | {\"work_id\":\"@\"} | #/work_id",
                    "/v1/cards | {\"annotation_id\":\"@\",\"front\":\"x\"} | #/annotation_id"
                })
        void somebodyElsesIsTheSameAsNone(String path, String body, String pointer) {
            String hers = path.endsWith("cards") ? annotation(alice, work(alice)) : work(alice);

            HttpResponse<String> notHis = post(bob, path, body.replace("@", hers));
            HttpResponse<String> nobodys =
                    post(bob, path, body.replace("@", UUID.randomUUID().toString()));

            JsonNode problem = assertProblem(notHis, 422, "parent_not_found");
            assertThat(problem.path("errors").get(0).path("pointer").stringValue())
                    .isEqualTo(pointer);
            assertThat(problem.path("errors")).isEqualTo(json(nobodys).path("errors"));
            assertThat(json(get(bob, path)).path("items").isEmpty()).isTrue();
        }

        @Test
        void anAnnotationsAssetIsOneOfItsWork() {
            String work = work(alice);
            String asset = idOf(created(alice, "/v1/assets", "{\"work_id\":\"" + work + "\"}"));
            String body = "{\"work_id\":\"%s\",\"asset_id\":\"" + asset + "\"}";

            String annotation = created(alice, "/v1/annotations", body.formatted(work));

            String other = work(alice);
            assertThat(assertProblem(post(alice, "/v1/annotations", body.formatted(other)), 422, "parent_not_found")
                            .path("errors")
                            .get(0)
                            .path("pointer")
                            .stringValue())
                    .isEqualTo("#/asset_id");
            assertProblem(
                    send(alice, "PATCH", "/v1/assets/" + asset, "{\"work_id\":\"" + other + "\"}"), 409, "in_use");

            assertThat(send(as(alice, "/v1/assets/" + asset).DELETE()).statusCode())
                    .isEqualTo(204);
            JsonNode left = json(get(alice, annotation));
            assertThat(left.path("asset_id").isNull()).isTrue();
            assertThat(left.path("work_id").stringValue()).isEqualTo(work);
        }

        @Test
        void whatBelongsToAWorkGoesWithIt() {
            String work = work(alice);
            String asset = created(alice, "/v1/assets", "{\"work_id\":\"" + work + "\"}");
            String annotation = annotation(alice, work);
            String card = created(alice, "/v1/cards", "{\"annotation_id\":\"" + annotation + "\",\"front\":\"x\"}");

            assertThat(send(as(alice, "/v1/works/" + work).DELETE()).statusCode())
                    .isEqualTo(204);

            assertThat(List.of(asset, "/v1/annotations/" + annotation, card))
                    .allSatisfy(path -> assertProblem(get(alice, path), 404, "not_found"));
        }
    }

    @Nested
    class Lists {

        private JsonNode items(String path) {
            HttpResponse<String> response = get(alice, path);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return json(response).path("items");
        }

        @Test
        void areNarrowedByTheirParent() {
            String work = work(alice);
            String mine = annotation(alice, work);
            String others = annotation(alice, work(alice));
            created(alice, "/v1/cards", "{\"annotation_id\":\"" + mine + "\",\"front\":\"mine\"}");
            created(alice, "/v1/cards", "{\"annotation_id\":\"" + others + "\",\"front\":\"other\"}");

            assertThat(items("/v1/annotations?work_id=" + work)).hasSize(1);
            assertThat(items("/v1/cards?annotation_id=" + mine).toString())
                    .contains("mine")
                    .doesNotContain("other");
            assertThat(items("/v1/assets?work_id=" + work)).isEmpty();
        }

        @Test
        void areNarrowedByTime() {
            String annotation = annotation(alice, work(alice));
            for (String due : List.of("\"2026-01-01T00:00:00Z\"", "\"2026-01-02T00:00:00Z\"", "null")) {
                created(
                        alice,
                        "/v1/cards",
                        "{\"annotation_id\":\"%s\",\"front\":\"x\",\"due_at\":%s}".formatted(annotation, due));
            }

            assertThat(items("/v1/cards?due_before=2026-01-02T00:00:00Z")).hasSize(1);
            assertThat(items("/v1/cards?due_before=2026-01-02T01:00:00%2B00:30"))
                    .hasSize(2);
            String newest = items("/v1/cards").get(0).path("updated_at").stringValue();
            assertThat(items("/v1/cards?updated_since=" + newest)).hasSize(1);
            assertThat(items("/v1/cards?updated_since=9999-01-01T00:00:00Z")).isEmpty();
        }

        @Test
        void areSearchedWithoutRegardToCaseAndWithoutPatterns() {
            created(alice, "/v1/works", "{\"title\":\"Die Wände\"}");
            created(alice, "/v1/works", "{\"title\":\"100% wahr!\"}");

            assertThat(items("/v1/works?q=W%C3%84N")).hasSize(1);
            assertThat(items("/v1/works?q=0%25")).hasSize(1);
            assertThat(items("/v1/works?q=%25")).hasSize(1);
            assertThat(items("/v1/works?q=_")).isEmpty();
            assertThat(items("/v1/works?q=!")).hasSize(1);
            assertThat(items("/v1/works?q='%20or%20'1'='1")).isEmpty();
        }

        @Test
        void pagesOfANarrowedListGoOnNarrowed() {
            String work = work(alice);
            for (int i = 0; i < 3; i++) {
                annotation(alice, work);
                annotation(alice, work(alice));
            }

            JsonNode first = json(get(alice, "/v1/annotations?limit=2&work_id=" + work));
            JsonNode second = json(get(
                    alice,
                    "/v1/annotations?limit=2&work_id=" + work + "&cursor="
                            + first.path("next_cursor").stringValue()));

            assertThat(first.path("items")).hasSize(2);
            assertThat(second.path("items")).hasSize(1);
            assertThat(second.path("next_cursor").isNull()).isTrue();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "/v1/assets?work_id=x | work_id",
                    "/v1/assets?work_id=" + DEVICE + "&work_id=" + DEVICE + " | work_id",
                    "/v1/assets?work_id= | work_id",
                    "/v1/cards?due_before=2026-01-01 | due_before",
                    "/v1/cards?due_before=2026-02-30T00:00:00Z | due_before",
                    "/v1/works?updated_since=0 | updated_since",
                    "/v1/works?q= | q",
                    "/v1/works?q=%00 | q",
                    "/v1/works?sort=title;drop%20table%20works | sort",
                    "/v1/works?owner_id=x | owner_id",
                    "/v1/works?work_id=" + DEVICE + " | work_id"
                })
        void refuseAParameterThatIsUnknownOrHasAnotherForm(String path, String parameter) {
            assertThat(assertProblem(get(alice, path), 400, "invalid_parameter")
                            .path("errors")
                            .get(0)
                            .path("parameter")
                            .stringValue())
                    .isEqualTo(parameter);
        }
    }

    @Nested
    class Blobs {

        private final String path = "/v1/devices/" + DEVICE + "/blobs/" + SHA;

        @Test
        void areTheSameRowOnEveryDevice() {
            assertThat(created(alice, "/v1/blobs", Kind.BLOBS.body)).isEqualTo("/v1/blobs/" + SHA);

            assertProblem(post(alice, "/v1/blobs", Kind.BLOBS.body), 409, "already_exists");
            String hers = json(get(alice, "/v1/blobs/" + SHA)).path("id").stringValue();
            created(bob, "/v1/blobs", Kind.BLOBS.body);
            assertThat(json(get(bob, "/v1/blobs/" + SHA)).path("id").stringValue())
                    .isEqualTo(hers);
        }

        @Test
        void areOnADeviceOrNot() {
            created(alice, "/v1/blobs", Kind.BLOBS.body);

            HttpResponse<String> first = send(alice, "PUT", path, "{\"present\":true,\"local_path\":\"/a\"}");
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            assertThat(json(first).path("device_id").stringValue()).isEqualTo(DEVICE);
            assertThat(json(first).path("sha256").stringValue()).isEqualTo(SHA);

            HttpResponse<String> second = send(alice, "PUT", path, "{\"present\":false,\"sha256\":\"" + SHA + "\"}");
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(json(second).path("local_path").isNull()).isTrue();
            assertThat(get(alice, path).body()).isEqualTo(second.body());

            assertThat(json(get(alice, "/v1/devices/" + DEVICE + "/blobs?present=true"))
                            .path("items"))
                    .isEmpty();
            assertThat(json(send(alice, "PATCH", path, "{\"present\":true}"))
                            .path("present")
                            .booleanValue())
                    .isTrue();
            assertThat(json(get(alice, "/v1/devices/" + DEVICE + "/blobs?present=true"))
                            .path("items"))
                    .hasSize(1);
            assertThat(json(get(alice, "/v1/devices/" + UUID.randomUUID() + "/blobs"))
                            .path("items"))
                    .isEmpty();
            assertProblem(get(bob, path), 404, "not_found");
            assertThat(send(as(alice, path).DELETE()).statusCode()).isEqualTo(204);
            assertProblem(get(alice, path), 404, "not_found");
        }

        @Test
        void areNotReplacedByWhoeverWantsThemNew() {
            created(alice, "/v1/blobs", Kind.BLOBS.body);
            HttpRequest.Builder put = as(alice, path)
                    .header("If-None-Match", "*")
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"present\":true}"));

            assertThat(send(put).statusCode()).isEqualTo(201);
            assertProblem(send(put), 412, "precondition_failed");
            assertProblem(
                    send(as(alice, path)
                            .header("If-None-Match", "\"7\", W/\"0\"")
                            .DELETE()),
                    412,
                    "precondition_failed");
            assertThat(send(as(alice, path).header("If-None-Match", "\"7\"").DELETE())
                            .statusCode())
                    .isEqualTo(204);
        }

        @Test
        void ofNobodyOrSomebodyElseAreOnNoDevice() {
            created(alice, "/v1/blobs", Kind.BLOBS.body);

            assertProblem(send(bob, "PUT", path, "{\"present\":true}"), 422, "parent_not_found");
            assertProblem(
                    send(as(alice, path)
                            .header("If-Match", "*")
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString("{\"present\":true}"))),
                    412,
                    "precondition_failed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "server",
                    "web",
                    "00000000-0000-0000-0000-000000000000",
                    "ffffffff-ffff-ffff-ffff-ffffffffffff",
                    "00000000-0000-0000-0000-000000000001",
                    "1-1-1-1-1"
                })
        void areOnRealDevicesOnly(String device) {
            created(alice, "/v1/blobs", Kind.BLOBS.body);

            assertProblem(
                    send(alice, "PUT", "/v1/devices/" + device + "/blobs/" + SHA, "{\"present\":true}"),
                    400,
                    "invalid_parameter");
            assertProblem(get(alice, "/v1/devices/" + device + "/blobs"), 400, "invalid_parameter");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"present\":true,\"sha256\":\"" + OTHER_SHA + "\"}",
                    "{\"present\":true,\"device_id\":\"web\"}",
                    "{\"present\":null}",
                    "{\"present\":1}",
                    "{}"
                })
        void areNotWhatTheirAddressDenies(String body) {
            created(alice, "/v1/blobs", Kind.BLOBS.body);

            assertProblem(send(alice, "PUT", path, body), 400, "invalid_field");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"ABCDEF0123456789", "zz", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"
                })
        void haveKeysOf64LowerCaseDigits(String key) {
            assertProblem(get(alice, "/v1/blobs/" + key), 400, "invalid_parameter");
            assertProblem(post(alice, "/v1/blobs", "{\"sha256\":\"" + key + "\"}"), 400, "invalid_field");
        }
    }

    @Nested
    class Settings {

        private static final String PATH = "/v1/settings";

        @Test
        void areEmptyUntilWritten() {
            HttpResponse<String> none = get(alice, PATH);
            assertThat(none.body()).isEqualTo("{}");
            assertThat(none.headers().firstValue("ETag")).hasValue("\"0\"");

            HttpResponse<String> put =
                    send(alice, "PUT", PATH, "{\"theme\":\"dark\",\"owner_id\":\"x\",\"n\":{\"a\":1.50}}");
            assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
            assertThat(put.body()).isEqualTo("{\"theme\":\"dark\",\"n\":{\"a\":1.50}}");
            assertThat(json(get(alice, PATH))).isEqualTo(json(put));
            assertThat(put.headers().firstValue("ETag")).hasValue("\"1\"");

            HttpResponse<String> patched = send(alice, "PATCH", PATH, "{\"theme\":null,\"n\":{\"b\":2}}");
            assertThat(patched.body()).isEqualTo("{\"n\":{\"a\":1.50,\"b\":2}}");
            assertThat(get(alice, PATH).body()).isEqualTo(patched.body());
            assertThat(get(bob, PATH).body()).isEqualTo("{}");
        }

        @Test
        void arePatchedBeforeTheyAreWritten() {
            assertThat(send(alice, "PATCH", PATH, "{\"a\":1}").body()).isEqualTo("{\"a\":1}");
        }

        @Test
        void areHeldToTheVersionThatWasRead() {
            assertThat(conditional("\"0\"", "{\"a\":1}").statusCode()).isEqualTo(200);
            assertProblem(conditional("\"0\"", "{\"a\":2}"), 412, "precondition_failed");
            assertThat(conditional("\"1\"", "{\"a\":2}").statusCode()).isEqualTo(200);
        }

        private HttpResponse<String> conditional(String version, String body) {
            return send(as(alice, PATH)
                    .header("If-Match", version)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(body)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "null", "5", "{\"a\":\"\\u0000\"}", "{\"a\":1e400}"})
        void areAnObjectThatCanBeStored(String body) {
            assertThat(send(alice, "PUT", PATH, body).statusCode()).isEqualTo(400);
        }

        @Test
        void haveALimit() {
            String full = "{\"k\":\"" + "x".repeat(64 * 1024 - 8) + "\"}";
            assertThat(send(alice, "PUT", PATH, full).statusCode()).isEqualTo(200);
            assertProblem(send(alice, "PUT", PATH, full.replace("\"k\"", "\"kk\"")), 400, "invalid_field");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/assets | {\"filename\":\"x\"} | #/work_id",
                "/v1/assets | {\"work_id\":\"x\"} | #/work_id",
                "/v1/assets | {\"work_id\":\"@\",\"sha256\":\"abc\"} | #/sha256",
                "/v1/assets | {\"work_id\":\"@\",\"role\":\"MAIN\"} | #/role",
                "/v1/annotations | {\"work_id\":\"@\",\"page\":-1} | #/page",
                "/v1/annotations | {\"work_id\":\"@\",\"data\":[]} | #/data",
                "/v1/cards | {\"annotation_id\":\"@\",\"front\":\"\"} | #/front",
                "/v1/cards | {\"annotation_id\":\"@\",\"front\":\"x\",\"due_at\":5} | #/due_at",
                "/v1/cards | {\"annotation_id\":\"@\",\"front\":\"x\",\"due_at\":\"2026-01-31\"} | #/due_at",
                "/v1/cards | {\"annotation_id\":\"@\",\"front\":\"x\",\"due_at\":\"2026-01-31T09:30:00\"} | #/due_at",
                "/v1/cards | {\"annotation_id\":\"@\",\"front\":\"x\",\"scheduling\":\"\"} | #/scheduling",
                "/v1/blobs | {\"sha256\":\"" + SHA + "\",\"size\":-1} | #/size",
                "/v1/blobs | {\"sha256\":\"" + SHA + "\",\"size\":1.5} | #/size",
                "/v1/blobs | {\"sha256\":\"" + SHA + "\",\"size\":9223372036854775808} | #/size"
            })
    void aFieldThatIsWrongIsPointedTo(String path, String body, String pointer) {
        JsonNode problem = assertProblem(post(alice, path, body.replace("@", DEVICE)), 400, "invalid_field");

        assertThat(problem.path("errors").get(0).path("pointer").stringValue()).isEqualTo(pointer);
    }
}
