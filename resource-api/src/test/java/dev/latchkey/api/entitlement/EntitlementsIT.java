package dev.latchkey.api.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@DirtiesContext
@Import({EntitlementsIT.ForPros.class, EntitlementsIT.Mixed.class})
@TestPropertySource(properties = "latchkey.tiers.entitlements.free=")
class EntitlementsIT extends ApiTest {

    private final String alice = newOwner();

    private HttpResponse<String> get(Map<String, Object> metadata, String path) {
        String token = TestTokens.with(alice, claims -> claims.claim("app_metadata", metadata));
        return send(request(path).header("Authorization", "Bearer " + token));
    }

    @Test
    void givenNoSyncInTheTier_thenNoSyncToken_andTheTierThatHasItIsNamed_withoutAQuery() {
        String token = TestTokens.with(alice, claims -> claims.claim("app_metadata", Map.of("tier", "free")));

        int roundTrips = WIRE.roundTrips(() -> {
            JsonNode problem = assertProblem(
                    send(request("/v1/sync/token")
                            .header("Authorization", "Bearer " + token)
                            .POST(BodyPublishers.noBody())),
                    403,
                    "entitlement_required");
            assertThat(problem.path("entitlement").stringValue()).isEqualTo("can_sync");
            assertThat(problem.path("tier_required").stringValue()).isEqualTo("pro");
        });
        assertThat(roundTrips).isZero();
    }

    @Test
    void givenTheTierOrThePermission_thenItIsLetIn() {
        assertProblem(get(Map.of(), "/test/for-pros"), 403, "entitlement_required");
        assertProblem(get(Map.of("tier", "free"), "/test/for-pros"), 403, "entitlement_required");
        assertProblem(get(Map.of("tier", "unknown"), "/test/for-pros"), 403, "entitlement_required");
        assertProblem(
                get(Map.of("tier", "guest", "permissions", List.of("pro")), "/test/for-pros"),
                403,
                "entitlement_required");

        assertThat(get(Map.of("tier", "pro"), "/test/for-pros").statusCode()).isEqualTo(200);
        assertThat(get(Map.of("permissions", List.of("pro")), "/test/for-pros").statusCode())
                .isEqualTo(200);
    }

    /** A method's own counts, and a class's for the rest. */
    @Test
    void givenAnnotationsOfClassAndMethod_thenTheNearerCounts() {
        Map<String, Object> syncs = Map.of("permissions", List.of("sync"));

        assertThat(get(syncs, "/test/mixed/sync").statusCode()).isEqualTo(200);
        assertProblem(get(syncs, "/test/mixed/pro"), 403, "entitlement_required");
        assertProblem(get(Map.of(), "/test/mixed/sync"), 403, "entitlement_required");
    }

    @Test
    void givenNoToken_thenThatIsSaidFirst() {
        assertProblem(send(request("/test/for-pros")), 401, "token_missing");
    }

    @RestController
    static class ForPros {

        @GetMapping("/test/for-pros")
        @Requires(Entitlement.IS_PRO)
        Map<String, String> read() {
            return Map.of();
        }
    }

    abstract static class Inherited {

        @GetMapping("/test/mixed/pro")
        Map<String, String> pro() {
            return Map.of();
        }
    }

    @RestController
    @Requires(Entitlement.IS_PRO)
    static class Mixed extends Inherited {

        @GetMapping("/test/mixed/sync")
        @Requires(Entitlement.CAN_SYNC)
        Map<String, String> sync() {
            return Map.of();
        }
    }
}
