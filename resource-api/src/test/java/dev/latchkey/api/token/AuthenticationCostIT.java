package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** To know who is calling costs neither a query nor a call to Keycloak once its keys are known. */
class AuthenticationCostIT extends ApiTest {

    private final String alice = newOwner();

    @BeforeEach
    void fetchKeys() {
        get(alice, "/v1/me");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/me, 200",
        "HEAD, /v1/me, 200",
        "OPTIONS, /v1/me, 200",
        "POST, /v1/me, 405",
        "GET, /v1/nope, 404",
        "GET, /v1/works?limit=0, 400",
        "GET, /v1/works?cursor=x, 400",
        "GET, /v1/works/x, 400",
        "POST, /v1/works, 400"
    })
    void givenARequestThatNeedsNoRow_thenItCostsNoQueryAndNoCallToKeycloak(String method, String path, int status) {
        int asked = ISSUER.requests();

        // The least of three: what goes on in the background beside one of them is not its cost.
        int roundTrips = IntStream.range(0, 3)
                .map(i -> WIRE.roundTrips(() -> assertThat(send(as(alice, path)
                                        .header("Content-Type", "application/json")
                                        .method(method, BodyPublishers.ofString("{}")))
                                .statusCode())
                        .isEqualTo(status)))
                .min()
                .orElseThrow();

        assertThat(roundTrips).isZero();
        assertThat(ISSUER.requests()).isEqualTo(asked);
    }

    /** What they cost at the database: WorksRoundTripsIT. */
    @Test
    void givenRequestsOfManyOwnersForTheirRows_thenKeycloakIsNotAsked() {
        int asked = ISSUER.requests();

        for (int i = 0; i < 50; i++) {
            String owner = newOwner();
            assertThat(post(owner, "/v1/works", "{\"title\":\"x\"}").statusCode())
                    .isEqualTo(201);
            assertThat(get(owner, "/v1/works").statusCode()).isEqualTo(200);
        }

        assertThat(ISSUER.requests()).isEqualTo(asked);
    }
}
