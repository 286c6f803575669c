package dev.latchkey.api.me;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestTokens;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MeIT extends ApiTest {

    private final String alice = newOwner();

    @Test
    void givenAToken_thenItsClaimsAreShownWithoutAnyQuery() {
        int roundTrips = WIRE.roundTrips(() -> {
            HttpResponse<String> response = get(alice, "/v1/me");

            assertThat(response.statusCode()).isEqualTo(200);
            JsonNode me = json(response);
            assertThat(me.propertyNames())
                    .containsExactly(
                            "owner_id",
                            "actor_uid",
                            "provider",
                            "email",
                            "user_metadata",
                            "app_metadata",
                            "workspace",
                            "entitlements",
                            "created_at",
                            "session");
            assertThat(me.path("owner_id").stringValue()).isEqualTo(alice);
            assertThat(me.path("created_at").stringValue()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(me.path("entitlements").toString())
                    .isEqualTo("{\"is_guest\":false,\"can_sync\":true,\"is_pro\":true}");
            assertThat(me.path("session").propertyNames()).containsExactly("id", "expires_at", "auth_time");
            assertThat(me.path("workspace").isNull()).isTrue();
        });

        assertThat(roundTrips).isZero();
    }

    @Test
    void givenATokenForAWorkspace_thenItIsShown() {
        String token = TestTokens.with(
                alice, claims -> claims.claim("workspace", Map.of("id", alice, "alias", "acme", "role", "owner")));

        JsonNode me = json(send(request("/v1/me").header("Authorization", "Bearer " + token)));

        assertThat(me.path("workspace").path("alias").stringValue()).isEqualTo("acme");
    }

    @Test
    void givenATokenOfAService_thenWhatItLacksIsNull() {
        String token = TestTokens.with(
                alice,
                claims -> claims.claim("email", null)
                        .claim("sid", null)
                        .claim("auth_time", null)
                        .claim("created_at", null)
                        .claim("user_metadata", null)
                        .claim("app_metadata", null)
                        .claim("provider", "client"));

        JsonNode me = json(send(request("/v1/me").header("Authorization", "Bearer " + token)));

        assertThat(me.path("email").isNull()).isTrue();
        assertThat(me.path("created_at").isNull()).isTrue();
        assertThat(me.path("user_metadata").isEmpty()).isTrue();
        assertThat(me.path("session").path("id").isNull()).isTrue();
    }
}
