package dev.latchkey.api.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EntitlementsTest {

    static Stream<Arguments> metadata() {
        return Stream.of(
                arguments(Map.of(), false, false, false),
                arguments(Map.of("tier", "free"), false, false, false),
                arguments(Map.of("tier", "free", "permissions", List.of("sync")), false, true, false),
                arguments(Map.of("tier", "pro"), false, true, true),
                arguments(Map.of("tier", "guest"), true, false, false),
                arguments(Map.of("tier", "guest", "permissions", List.of("sync")), true, false, false),
                // What is not of the documented form grants nothing.
                arguments(Map.of("tier", List.of("pro"), "permissions", "sync"), false, false, false));
    }

    @ParameterizedTest
    @MethodSource("metadata")
    void whenDerived_thenOnlyWhatIsDocumentedIsGranted(
            Map<String, Object> metadata, boolean guest, boolean sync, boolean pro) {
        assertThat(Entitlements.of(metadata)).isEqualTo(new Entitlements(guest, sync, pro));
    }
}
