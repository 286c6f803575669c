package dev.latchkey.api.works;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the wire a statement costs what it costs without row security: the statement with its binding, then the commit. */
class WorksRoundTripsIT extends ApiTest {

    private final String alice = newOwner();
    private final String id = UUID.randomUUID().toString();

    /** At the fifth use pgjdbc prepares a statement on the server and asks once for its types, with or without row security. */
    @BeforeEach
    void warm() {
        post(alice, "/v1/works", "{\"id\":\"%s\",\"title\":\"x\"}".formatted(id));
        for (int i = 0; i < 6; i++) {
            post(alice, "/v1/works", "{\"title\":\"x\"}");
            get(alice, "/v1/works");
            send(alice, "PUT", "/v1/works/" + id, "{\"title\":\"x\"}");
        }
    }

    @Test
    void whenAWorkIsRead_thenOne() {
        int trips = WIRE.roundTrips(
                () -> assertThat(get(alice, "/v1/works/" + id).statusCode()).isEqualTo(200));

        assertThat(trips).isEqualTo(1);
    }

    @Test
    void whenAWorkIsCreated_thenTwo() {
        int trips = WIRE.roundTrips(
                () -> assertThat(post(alice, "/v1/works", "{\"title\":\"y\"}").statusCode())
                        .isEqualTo(201));

        assertThat(trips).isEqualTo(2);
    }

    @Test
    void whenWorksAreListed_thenOne() {
        int trips = WIRE.roundTrips(
                () -> assertThat(get(alice, "/v1/works").statusCode()).isEqualTo(200));

        assertThat(trips).isEqualTo(1);
    }

    @Test
    void whenAWorkIsReplaced_thenThree() {
        int trips = WIRE.roundTrips(() -> assertThat(send(alice, "PUT", "/v1/works/" + id, "{\"title\":\"z\"}")
                        .statusCode())
                .isEqualTo(200));

        assertThat(trips).isEqualTo(3);
    }
}
