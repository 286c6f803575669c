package dev.latchkey.api.writes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Operations that meet other rows than they expect. */
class BatchConflictIT extends BatchTest {

    private static final String PAST = "2001-01-01T00:00:00Z";
    private static final String FUTURE = "2999-01-01T00:00:00Z";

    private final String work = id();
    private final String gone = id();

    @BeforeEach
    void write() {
        batch(createWork(work, "server"));
        send(owner, "PATCH", "/v1/works/" + work, "{\"kind\":\"book\"}");
    }

    @Test
    void whenNothingIsSaid_thenTheWholeBatchIsRefusedWithAPointerToEach() {
        String fresh = id();
        JsonNode problem = assertProblem(
                batch(
                        createWork(fresh, "t"),
                        createWork(work, "client"),
                        op("patch", "works", work, ",\"version\":0" + data("{\"title\":\"client\"}")),
                        op("replace", "works", gone, data("{\"title\":\"client\"}")),
                        op("delete", "works", work, ",\"version\":7"),
                        op("patch", "works", work, ",\"version\":1" + data("{\"title\":\"client\"}"))),
                409,
                "write_conflict");

        assertThat(pointers(problem)).containsExactlyInAnyOrder("#/ops/1", "#/ops/2", "#/ops/3", "#/ops/4");
        assertThat(isThere("/v1/works/" + fresh)).isFalse();
        assertThat(title(work)).isEqualTo("server");
    }

    /** The version counts within the batch as well. */
    @Test
    void whenVersionsAreThoseOfTheRow_thenNoConflict() {
        HttpResponse<String> answer = batch(
                op("patch", "works", work, ",\"version\":1" + data("{\"title\":\"a\"}")),
                op("upsert", "works", work, ",\"version\":2" + data("{\"title\":\"b\"}")),
                op("delete", "works", work, ",\"version\":3"),
                createWork(work, "c"),
                op("patch", "works", work, ",\"version\":0" + data("{\"title\":\"d\"}")));

        assertThat(statuses(answer)).containsOnly("applied");
        assertThat(title(work)).isEqualTo("d");
    }

    @ParameterizedTest
    @CsvSource({
        "client_wins, merged, client, merged, merged",
        "server_wins, kept, server, kept, skipped",
        "newest_wins, kept, server, kept, skipped"
    })
    void whenTheClientIsOlder_thenAsItSays(
            String onConflict, String created, String title, String patched, String replacedGone) {
        HttpResponse<String> answer = batch(
                List.of(
                        createWork(work, "client").replace(",\"data\"", time(PAST) + ",\"data\""),
                        op("patch", "works", work, time(PAST) + ",\"version\":77" + data("{\"published_year\":1}")),
                        op("replace", "works", gone, time(PAST) + data("{\"title\":\"t\"}")),
                        op("patch", "works", id(), time(PAST) + data("{\"title\":\"t\"}")),
                        op("delete", "works", id(), time(PAST))),
                ",\"on_conflict\":\"" + onConflict + "\"");

        assertThat(statuses(answer)).containsExactly(created, patched, replacedGone, "skipped", "duplicate");
        assertThat(title(work)).isEqualTo(title);
        assertThat(isThere("/v1/works/" + gone)).isEqualTo(replacedGone.equals("merged"));
    }

    @Test
    void whenTheNewestWinsAndThatIsTheClient_thenItsChangesCount() {
        String later = Instant.now().plusSeconds(1).toString();
        HttpResponse<String> answer = batch(
                List.of(
                        createWork(work, "client").replace(",\"data\"", time(later) + ",\"data\""),
                        // What the same batch wrote before was the same client's.
                        op("patch", "works", work, time(later) + data("{\"title\":\"client, then\"}"))),
                ",\"on_conflict\":\"newest_wins\"");

        assertThat(statuses(answer)).containsExactly("merged", "applied");
        assertThat(title(work)).isEqualTo("client, then");
    }

    /** A clock that is ahead is no later than now. */
    @Test
    void whenTheClientsClockIsAhead_thenLaterChangesOfOthersStillCount() {
        String row = id();
        batch(List.of(createWork(row, "ahead").replace(",\"data\"", time(FUTURE) + ",\"data\"")), newest());
        send(owner, "PATCH", "/v1/works/" + row, "{\"title\":\"server\"}");

        assertThat(statuses(
                        batch(List.of(op("patch", "works", row, time(PAST) + data("{\"title\":\"old\"}"))), newest())))
                .containsExactly("kept");
        assertThat(statuses(batch(
                        List.of(op("patch", "works", row, time(FUTURE) + data("{\"title\":\"new\"}"))), newest())))
                .containsExactly("applied");
    }

    @Test
    void whenARowIsThereWithTheSameContent_thenNoConflict() {
        batch(op("create", "works", gone, data("{\"title\":\"t\",\"metadata\":{\"n\":1e2,\"m\":[1.0]}}")));

        HttpResponse<String> answer = batch(op(
                "create", "works", gone, data("{\"metadata\":{\"m\":[1],\"n\":100},\"title\":\"t\",\"kind\":null}")));

        assertThat(statuses(answer)).containsExactly("duplicate");
    }

    @Test
    void whenAGuestsDataComesInPartsAndAgain_thenThereAreNoDuplicates() {
        String sha256 = "cd".repeat(32);
        String note = id();
        List<String> parents = List.of(
                createWork(work, "guest's"),
                createWork(gone, "new"),
                op("create", "blobs", sha256, data("{\"size\":1}")));
        List<String> children = List.of(
                createAnnotation(note, gone), op("create", "settings", "settings", data("{\"theme\":\"dark\"}")));
        send(owner, "PUT", "/v1/settings", "{\"theme\":\"light\"}");
        post(owner, "/v1/blobs", "{\"sha256\":\"%s\",\"size\":1}".formatted(sha256));

        for (int again = 0; again < 2; again++) {
            assertThat(statuses(batch(parents, serverWins()))).containsExactly("kept", "applied", "duplicate");
            assertThat(statuses(batch(children, serverWins()))).containsExactly("applied", "kept");
        }

        assertThat(read("/v1/works").path("items").size()).isEqualTo(2);
        assertThat(read("/v1/blobs").path("items").size()).isEqualTo(1);
        assertThat(read("/v1/settings").path("theme").stringValue()).isEqualTo("light");
    }

    /** As its own address tells it: 0 until it is first written. */
    @Test
    void whenSettingsWereNeverWritten_thenTheirVersionIsZero() {
        assertThat(statuses(batch(
                        op("patch", "settings", "s", ",\"version\":0" + data("{\"a\":1}")),
                        op("patch", "settings", "s", ",\"version\":1" + data("{\"b\":2}")))))
                .containsExactly("applied", "applied");
        assertThat(get(owner, "/v1/settings").headers().firstValue("ETag")).hasValue("\"2\"");
        assertProblem(batch(op("replace", "settings", "s", ",\"version\":0" + data("{}"))), 409, "write_conflict");
    }

    private static String time(String updatedAt) {
        return ",\"updated_at\":\"" + updatedAt + "\"";
    }

    private static String newest() {
        return ",\"on_conflict\":\"newest_wins\"";
    }

    private static String serverWins() {
        return ",\"on_conflict\":\"server_wins\"";
    }
}
