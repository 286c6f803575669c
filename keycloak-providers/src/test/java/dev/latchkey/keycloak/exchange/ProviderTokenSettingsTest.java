package dev.latchkey.keycloak.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTokenSettingsTest {

    @Test
    void ofWhenOnlyProvidersAreNamedThenTheRestHasDefaults() {
        assertThat(ProviderTokenSettings.of(Map.of("providers", "google##github")))
                .isEqualTo(new ProviderTokenSettings(Set.of("google", "github"), Set.of(), Duration.ofHours(1), 30));
    }

    @Test
    void ofWhenListComesFromAnEnvironmentVariableThenCommasSeparateToo() {
        assertThat(ProviderTokenSettings.of(Map.of("providers", "google", "audiences", "ios, android"))
                        .audiences())
                .containsExactlyInAnyOrder("ios", "android");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "##"})
    void ofWhenNoProviderIsNamedThenRefuses(String providers) {
        assertThatThrownBy(() -> ProviderTokenSettings.of(Map.of("providers", providers)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"longest.age,0", "longest.age,3601", "longest.age,ten", "per.minute,-1", "per.minute,6001"})
    void ofWhenANumberIsOutOfBoundsThenRefusesAndNamesIt(String name, String value) {
        assertThatThrownBy(() -> ProviderTokenSettings.of(Map.of("providers", "google", name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
