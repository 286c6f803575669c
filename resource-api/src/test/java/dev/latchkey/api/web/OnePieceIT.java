package dev.latchkey.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OnePieceIT extends ApiTest {

    private final String alice = newOwner();

    @Test
    void givenAnAnswerThatFitsIntoTheBuffer_thenItComesWithItsLength() {
        post(alice, "/v1/works", "{\"title\":\"Kindred\"}");

        HttpResponse<String> response = get(alice, "/v1/works");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValueAsLong("Content-Length"))
                .hasValue(response.body().getBytes(StandardCharsets.UTF_8).length);
        assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
    }

    @Test
    void givenALargerAnswer_thenItComesWhole() {
        for (int i = 0; i < 40; i++) {
            post(alice, "/v1/works", "{\"title\":\"" + "x".repeat(500) + "\"}");
        }

        HttpResponse<String> response = get(alice, "/v1/works?limit=40");

        assertThat(response.headers().firstValue("Content-Length")).isEmpty();
        assertThat(json(response).path("items")).hasSize(40);
    }
}
