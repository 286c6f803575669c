package dev.latchkey.api.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.jwt.Jwt;

class EntitlementsTest {

    private static final TierSettings DEFAULTS =
            new TierSettings(List.of("guest", "free", "pro"), "free", Map.of(), Map.of(), Map.of(), Map.of());

    private static Granted granted(TierSettings tiers, Map<String, Object> metadata) {
        Jwt token = Jwt.withTokenValue("t")
                .header("alg", "RS256")
                .claim("app_metadata", metadata)
                .build();
        return new Entitlements(tiers).of(token);
    }

    static Stream<Arguments> metadata() {
        Entitlement sync = Entitlement.CAN_SYNC;
        Entitlement pro = Entitlement.IS_PRO;
        return Stream.of(
                arguments(Map.of(), new Granted("free", false, Set.of(sync))),
                arguments(Map.of("tier", "free"), new Granted("free", false, Set.of(sync))),
                arguments(Map.of("permissions", List.of("pro")), new Granted("free", false, Set.of(sync, pro))),
                arguments(Map.of("tier", "pro"), new Granted("pro", false, Set.of(sync, pro))),
                arguments(Map.of("tier", "guest"), new Granted("guest", true, Set.of())),
                arguments(
                        Map.of("tier", "guest", "permissions", List.of("sync")), new Granted("guest", true, Set.of())),
                // What is not known here has what the lowest tier has.
                arguments(Map.of("tier", "platinum"), new Granted("guest", false, Set.of())),
                arguments(
                        Map.of("tier", "platinum", "permissions", List.of("sync", "other")),
                        new Granted("guest", false, Set.of(sync))),
                // Nor does what has another form.
                arguments(Map.of("tier", List.of("pro"), "permissions", "sync"), new Granted("guest", false, Set.of())),
                arguments(Map.of("tier", "PRO"), new Granted("guest", false, Set.of())));
    }

    @ParameterizedTest
    @MethodSource("metadata")
    void whenDerived_thenOnlyWhatIsConfiguredOrPermittedIsGranted(Map<String, Object> metadata, Granted expected) {
        assertThat(granted(DEFAULTS, metadata)).isEqualTo(expected);
    }

    @Test
    void givenNoMetadata_thenTheDefaultTier() {
        Jwt token =
                Jwt.withTokenValue("t").header("alg", "RS256").claim("sub", "x").build();

        assertThat(new Entitlements(DEFAULTS).of(token).tier()).isEqualTo("free");
    }

    @Test
    void givenTiersOfOnesOwn_thenTheseCount() {
        TierSettings tiers = new TierSettings(
                List.of("basic", "plus"),
                "basic",
                Map.of("plus", Set.of(Entitlement.CAN_SYNC)),
                Map.of(),
                Map.of(),
                Map.of());

        assertThat(granted(tiers, Map.of()).entitlements()).isEmpty();
        assertThat(granted(tiers, Map.of("tier", "plus")).entitlements()).containsExactly(Entitlement.CAN_SYNC);
        assertThat(granted(tiers, Map.of("tier", "pro")).tier()).isEqualTo("basic");
    }
}
