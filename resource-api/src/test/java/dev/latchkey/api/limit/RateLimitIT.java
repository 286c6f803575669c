package dev.latchkey.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Budgets are small here, and everybody has the same address. */
@DirtiesContext
@TestPropertySource(
        properties = {
            "LATCHKEY_RATE_LIMIT_WRITES=3",
            "LATCHKEY_RATE_LIMIT_EXCHANGES=2",
            "LATCHKEY_RATE_LIMIT_BATCHES=0",
            "LATCHKEY_RATE_LIMIT_ADDRESS_FACTOR=3"
        })
class RateLimitIT extends ApiTest {

    private final String alice = newOwner();

    private HttpResponse<String> write(String owner) {
        return post(owner, "/v1/works", "{\"title\":\"x\"}");
    }

    @Test
    void budgetsAreHeldPerOwnerAndPerAddress() {
        HttpResponse<String> first = write(alice);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"writes-per-owner\";q=3;w=60");
        assertThat(first.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"writes-per-owner\";r=2;t=");
        // What is wrong counts too.
        HttpResponse<String> refused = untilRefused(() -> post(alice, "/v1/works", "{"));
        assertProblem(refused, 429, "rate_limited");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 20);
        assertThat(refused.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"writes-per-owner\";r=0;t=");
        // Reads and other classes go on.
        assertThat(get(alice, "/v1/works").statusCode()).isEqualTo(200);
        assertThat(get(alice, "/v1/works").headers().firstValue("RateLimit")).isEmpty();
        assertThat(post(alice, "/v1/writes/batch", "{}").statusCode()).isNotEqualTo(429);
        assertThat(post(alice, "/v1/sync/token", "")
                        .headers()
                        .firstValue("RateLimit")
                        .orElseThrow())
                .startsWith("\"exchanges-per-owner\";r=1");

        HttpResponse<String> crowded = untilRefused(() -> write(newOwner()));
        assertProblem(crowded, 429, "rate_limited");
        assertThat(crowded.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"writes-per-address\";r=0");
        // Nobody in particular is held to the address's as well.
        assertProblem(
                untilRefused(() -> send(request("/v1/works").POST(BodyPublishers.ofString("{}")))),
                429,
                "rate_limited");
    }

    /** Budgets come back while a slow machine thinks, but not as fast as they are used. */
    private static HttpResponse<String> untilRefused(Supplier<HttpResponse<String>> request) {
        return Stream.generate(request)
                .limit(50)
                .filter(response -> response.statusCode() == 429)
                .findFirst()
                .orElseThrow();
    }
}
