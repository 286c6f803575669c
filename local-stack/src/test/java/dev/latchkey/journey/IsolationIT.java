package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningStack.class)
class IsolationIT {

    private static final String OVERWRITE = "{\"title\": \"bob was here\"}";

    private Api alice;
    private Api bob;

    @BeforeEach
    void signIn(Running running) throws Exception {
        alice = new Api(
                running.settings().apiUrl(),
                new SignIn(running.settings()).withPassword("alice", "alice").access());
        bob = new Api(
                running.settings().apiUrl(),
                new SignIn(running.settings()).withPassword("bob", "bob").access());
    }

    @Nested
    @DisplayName("Given a work of alice's")
    class GivenWorkOfAlice {

        private final String id = UUID.randomUUID().toString();
        private final String nobodys = UUID.randomUUID().toString();
        private final String title = "Alice's secret " + id;

        @BeforeEach
        void create() {
            HttpResponse<String> created =
                    alice.call("POST", "/v1/works", "{\"id\": \"%s\", \"title\": \"%s\"}".formatted(id, title));
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        }

        @Test
        @DisplayName("then bob's list does not have it, on any page")
        void list() {
            String path = "/v1/works?limit=100";
            String next = path;
            do {
                HttpResponse<String> page = bob.get(next);
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body()).doesNotContain(id, title);
                Object cursor = Http.json(page).get("next_cursor");
                next = cursor == null ? null : path + "&cursor=" + cursor;
            } while (next != null);
        }

        @Test
        @DisplayName("then bob can neither read, replace, change nor delete it, and is answered as if it did not exist")
        void verbs() {
            assertSameAsNobodys("GET", null);
            assertSameAsNobodys("PUT", OVERWRITE);
            assertSameAsNobodys("PUT", OVERWRITE, "If-Match", "\"0\"");
            assertSameAsNobodys("PATCH", OVERWRITE);
            assertSameAsNobodys("DELETE", null);
            assertSameAsNobodys("DELETE", null, "If-Match", "\"0\"");
            assertUntouched();
        }

        @Test
        @DisplayName("then the same id used by bob makes a work of his own")
        void sameId() {
            HttpResponse<String> created =
                    bob.call("POST", "/v1/works", "{\"id\": \"%s\", \"title\": \"Bob's\"}".formatted(id));

            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            assertThat(Http.json(bob.get("/v1/works/" + id))).containsEntry("title", "Bob's");
            assertUntouched();
            assertThat(bob.call("DELETE", "/v1/works/" + id, null).statusCode()).isEqualTo(204);
            assertUntouched();
        }

        @Test
        @DisplayName("then an owner_id that bob sends is ignored")
        void ownerId() {
            String owner = (String) Http.json(alice.get("/v1/me")).get("owner_id");
            String own = UUID.randomUUID().toString();

            HttpResponse<String> created = bob.call(
                    "POST",
                    "/v1/works",
                    "{\"id\": \"%s\", \"title\": \"x\", \"owner_id\": \"%s\"}".formatted(own, owner));

            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            assertThat(alice.get("/v1/works/" + own).statusCode()).isEqualTo(404);
            assertThat(bob.get("/v1/works/" + own).statusCode()).isEqualTo(200);
        }

        private void assertSameAsNobodys(String method, String json, String... header) {
            HttpResponse<String> hers = bob.call(method, "/v1/works/" + id, json, header);
            HttpResponse<String> none = bob.call(method, "/v1/works/" + nobodys, json, header);

            assertThat(hers.statusCode()).as(method).isEqualTo(404);
            assertThat(comparable(hers)).as(method).isEqualTo(comparable(none));
            assertThat(hers.headers().map().keySet())
                    .isEqualTo(none.headers().map().keySet());
        }

        private String comparable(HttpResponse<String> response) {
            return response.body().replaceAll("\"request_id\":\"[^\"]+\"", "");
        }

        private void assertUntouched() {
            assertThat(Http.json(alice.get("/v1/works/" + id))).containsEntry("title", title);
        }
    }

    @Test
    @DisplayName("Given no token or a broken one, then 401")
    void unauthorized() {
        assertThat(new Api(alice.url(), "").get("/v1/works").statusCode()).isEqualTo(401);
        assertThat(new Api(alice.url(), alice.token() + "x").get("/v1/works").statusCode())
                .isEqualTo(401);
    }
}
