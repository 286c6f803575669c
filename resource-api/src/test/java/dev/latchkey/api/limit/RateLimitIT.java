package dev.latchkey.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
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
            "LATCHKEY_RATE_LIMIT_SNAPSHOTS=2",
            "LATCHKEY_RATE_LIMIT_DOWNLOADS=2",
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
        // However the address is written.
        assertProblem(post(alice, "/%761/works", "{"), 429, "rate_limited");
        assertProblem(post(alice, "/v1/work%73", "{"), 429, "rate_limited");
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

    @Test
    void changesOfSnapshotsAreHeldPerOwnerAndTriesOfLinksPerAddress() {
        HttpResponse<String> first = forget(alice);
        assertProblem(first, 404, "not_found");
        assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"snapshots-per-owner\";q=2;w=60");
        HttpResponse<String> held = untilRefused(() -> forget(alice));
        assertProblem(held, 429, "rate_limited");
        assertThat(held.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"snapshots-per-owner\";r=0;t=");
        assertThat(Integer.parseInt(held.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 30);
        // All that changes them has one budget, others and reads are not held.
        assertProblem(post(alice, "/v1/snapshots", ""), 429, "rate_limited");
        assertThat(get(alice, "/v1/snapshots").statusCode()).isEqualTo(200);
        assertProblem(forget(newOwner()), 404, "not_found");

        HttpResponse<String> refused = untilRefused(() -> send(request("/downloads/guess")));
        assertProblem(forget(newOwner()), 404, "not_found");

        assertProblem(refused, 429, "rate_limited");
        assertThat(refused.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"downloads-per-address\";r=0");
        assertProblem(send(request("/%64ownloads/guess")), 429, "rate_limited");
    }

    private HttpResponse<String> forget(String owner) {
        return send(as(owner, "/v1/snapshots/" + UUID.randomUUID()).DELETE());
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
