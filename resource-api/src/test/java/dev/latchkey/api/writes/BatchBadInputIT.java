package dev.latchkey.api.writes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BatchBadInputIT extends BatchTest {

    @Test
    void whenManyOperationsAreWrong_thenAllAreToldAtOnceAndNothingIsDone() {
        String good = id();
        JsonNode problem = assertProblem(
                batch(
                        createWork(good, "t"),
                        op("create", "works", id(), data("{\"title\":\"\",\"kind\":\"book\"}")),
                        op("create", "works", "7", data("{\"title\":\"t\"}")),
                        op("create", "secrets", id(), data("{}")),
                        op("merge", "works", id(), data("{}")),
                        op("patch", "works", id(), data("{\"colour\":\"red\"}")),
                        op("delete", "settings", "s", ""),
                        op("delete", "works", id(), data("{\"title\":\"t\"}")),
                        op("create", "device_blobs", "web/" + "0".repeat(64), data("{\"present\":true}"))),
                400,
                "invalid_field");

        assertThat(pointers(problem))
                .containsExactly(
                        "#/ops/1/data/title",
                        "#/ops/2/id",
                        "#/ops/3/table",
                        "#/ops/4/op",
                        "#/ops/5/data/colour",
                        "#/ops/6/op",
                        "#/ops/7/data",
                        "#/ops/8/id");
        assertThat(isThere("/v1/works/" + good)).isFalse();
    }

    @Test
    void whenAThousandAreWrong_thenAHundredAreTold() {
        List<String> ops = Collections.nCopies(1000, "{}");

        assertThat(pointers(assertProblem(batch(ops, ""), 400, "invalid_field")))
                .hasSize(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|#/ops",
                "{\"ops\":[]}|#/ops",
                "{\"ops\":[1]}|#/ops/0",
                "{\"ops\":[null]}|#/ops/0",
                "{\"ops\":[{}],\"on_conflict\":\"guess\"}|#/on_conflict",
                "{\"ops\":[{}],\"dry_run\":\"yes\"}|#/dry_run",
                "{\"ops\":[{}],\"device_id\":\"web\"}|#/device_id",
            })
    void whenTheBatchIsWrong_thenItIsToldWhere(String body, String pointer) {
        assertThat(pointers(assertProblem(post(owner, "/v1/writes/batch", body), 400, "invalid_field")))
                .containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"op\":\"create\",\"table\":\"works\",\"data\":{\"title\":\"t\"}|#/ops/0/op_id",
                "\"op_id\":\"a b\",\"op\":\"create\",\"table\":\"works\",\"data\":{\"title\":\"t\"}|#/ops/0/op_id",
                "\"op_id\":\"a\",\"op\":\"patch\",\"table\":\"works\",\"data\":{\"title\":\"t\"}|#/ops/0/id",
                "\"op_id\":\"a\",\"op\":\"replace\",\"table\":\"works\",\"data\":{\"title\":\"t\"}|#/ops/0/id",
                "\"op_id\":\"a\",\"op\":\"create\",\"table\":\"works\"|#/ops/0/data",
                "\"op_id\":\"a\",\"op\":\"create\",\"table\":\"works\",\"data\":[]|#/ops/0/data",
                "\"op_id\":\"a\",\"op\":\"create\",\"table\":\"works\",\"version\":0,\"data\":{\"title\":\"t\"}|#/ops/0/version",
                "\"op_id\":\"a\",\"op\":\"create\",\"table\":\"works\",\"id\":\"7c4b8076-1647-4d96-a466-e32ddbe1aa52\",\"data\":{\"title\":\"t\",\"id\":\"7c4b8076-1647-4d96-a466-e32ddbe1aa53\"}|#/ops/0/id",
                "\"op_id\":\"a\",\"op\":\"create\",\"table\":\"device_blobs\",\"data\":{\"device_id\":\"00000000-0000-0000-0000-000000000000\",\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"present\":true}|#/ops/0/data/device_id",
                "\"op_id\":\"a\",\"op\":\"delete\",\"table\":\"works\",\"id\":\"7c4b8076-1647-4d96-a466-e32ddbe1aa52\",\"updated_at\":\"now\"|#/ops/0/updated_at",
                "\"op_id\":\"a\",\"op\":\"delete\",\"table\":\"works\",\"id\":\"7c4b8076-1647-4d96-a466-e32ddbe1aa52\",\"version\":-1|#/ops/0/version",
                "\"op_id\":\"a\",\"op\":\"delete\",\"table\":\"works\",\"id\":\"7c4b8076-1647-4d96-a466-e32ddbe1aa52\",\"version\":1.5|#/ops/0/version",
            })
    void whenAnOperationIsWrong_thenItIsToldWhere(String op, String pointer) {
        assertThat(pointers(assertProblem(batch("{" + op + "}"), 400, "invalid_field")))
                .containsExactly(pointer);
    }

    @Test
    void whenTheNewestWinsAndNoTimeIsSaid_thenRefused() {
        JsonNode problem = assertProblem(
                batch(List.of(createWork(id(), "t")), ",\"on_conflict\":\"newest_wins\""), 400, "invalid_field");

        assertThat(pointers(problem)).containsExactly("#/ops/0/updated_at");
    }

    @Test
    void whenAPatchMakesARowThatCannotBe_thenItIsToldWhere() {
        String work = id();
        JsonNode problem = assertProblem(
                batch(
                        createWork(work, "t"),
                        op("patch", "works", work, data("{\"title\":null}")),
                        op("patch", "works", work, data("{\"metadata\":{\"n\":1e999999999}}"))),
                400,
                "invalid_field");

        assertThat(pointers(problem)).containsExactly("#/ops/1/data/title", "#/ops/2/data/metadata");
        assertThat(isThere("/v1/works/" + work)).isFalse();
    }

    @Test
    void whenAParentIsMissingOrSomebodyElses_thenThatIsToldAlike() {
        String theirs = id();
        post(newOwner(), "/v1/works", "{\"id\":\"%s\",\"title\":\"t\"}".formatted(theirs));

        JsonNode problem = assertProblem(
                batch(
                        createWork(id(), "t"),
                        createAnnotation(id(), theirs),
                        createAnnotation(id(), id()),
                        createCard(id(), id())),
                422,
                "parent_not_found");

        assertThat(pointers(problem))
                .containsExactlyInAnyOrder(
                        "#/ops/1/data/work_id", "#/ops/2/data/work_id", "#/ops/3/data/annotation_id");
        assertThat(problem.path("errors").path(0).path("detail"))
                .isEqualTo(problem.path("errors").path(1).path("detail"));
    }

    /** Both are there, but not together: only the database knows. */
    @Test
    void whenTheDatabaseRefusesOne_thenItIsToldWhich() {
        String one = id();
        String other = id();
        String asset = id();
        batch(
                createWork(one, "1"),
                createWork(other, "2"),
                op("create", "assets", asset, data("{\"work_id\":\"" + one + "\"}")));

        JsonNode problem = assertProblem(
                batch(
                        createAnnotation(id(), one),
                        op(
                                "create",
                                "annotations",
                                id(),
                                data("{\"work_id\":\"%s\",\"asset_id\":\"%s\"}".formatted(other, asset)))),
                422,
                "parent_not_found");

        assertThat(pointers(problem)).containsExactly("#/ops/1/data/asset_id");
    }

    @Test
    void whenOthersPointToARowThatMoves_thenItIsToldWhich() {
        String one = id();
        String other = id();
        String asset = id();
        batch(
                createWork(one, "1"),
                createWork(other, "2"),
                op("create", "assets", asset, data("{\"work_id\":\"" + one + "\"}")),
                op(
                        "create",
                        "annotations",
                        id(),
                        data("{\"work_id\":\"%s\",\"asset_id\":\"%s\"}".formatted(one, asset))));

        JsonNode problem = assertProblem(
                batch(createWork(id(), "t"), op("patch", "assets", asset, data("{\"work_id\":\"" + other + "\"}"))),
                409,
                "in_use");

        assertThat(pointers(problem)).containsExactly("#/ops/1/data");
    }

    @Test
    void whenThereAreTooManyOperations_thenRefused() {
        List<String> ops = new ArrayList<>();
        for (int i = 0; i <= 1000; i++) {
            ops.add("{}");
        }

        assertThat(pointers(assertProblem(batch(ops, ""), 400, "invalid_field")))
                .containsExactly("#/ops");
    }
}
