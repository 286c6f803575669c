package dev.latchkey.keycloak.version;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OldestKeycloakTest {

    @ParameterizedTest
    @ValueSource(strings = {"26.3.5", "26.2.11.redhat-00001", "26.0", "25.10.1", "9.0.0"})
    void requireWhenOlderThenRefusedInOneSentence(String version) {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> OldestKeycloak.require(version))
                .withMessage(
                        "keycloak-providers.jar needs Keycloak 26.4 or newer, and this is %s: start a newer Keycloak, or take the jar out of its providers directory",
                        version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "26.4.0",
                "26.4.7",
                "26.5.6",
                "26.7.3",
                "26.10.1",
                "27.0.0",
                "26.4.11.redhat-00001",
                "999.0.0-SNAPSHOT",
                "UNKNOWN"
            })
    void requireWhenNotThenTaken(String version) {
        assertThatNoException().isThrownBy(() -> OldestKeycloak.require(version));
    }
}
