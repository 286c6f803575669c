package dev.latchkey.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileChangeTest {

    @Test
    void ofWhenValuesThenTextAndNullRemoves() throws Exception {
        Map<String, Object> patch = new HashMap<>(Map.of("display_name", "Ada", "email_consent", false));
        patch.put("industry", null);

        assertThat(ProfileChange.of(patch).values())
                .containsOnly(
                        Map.entry("display_name", List.of("Ada")),
                        Map.entry("email_consent", List.of("false")),
                        Map.entry("industry", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tier", "permissions", "owner_id", "identity_of_record", "email", "username", "Display_name", ""
            })
    void ofWhenFieldIsNotThePersonsThenUnknown(String field) {
        assertThatExceptionOfType(ProfileRefusedException.class)
                .isThrownBy(() -> ProfileChange.of(Map.of(field, "x")))
                .satisfies(refused -> {
                    assertThat(refused.field()).isEqualTo(field);
                    assertThat(refused.code()).isEqualTo("unknown");
                });
    }

    @Test
    void ofWhenValueHasAnotherTypeThenRefused() {
        for (Object value : List.of(1, true, List.of("Ada"), Map.of())) {
            assertThatExceptionOfType(ProfileRefusedException.class)
                    .isThrownBy(() -> ProfileChange.of(Map.of("display_name", value)))
                    .withMessage("type");
        }
        assertThatExceptionOfType(ProfileRefusedException.class)
                .isThrownBy(() -> ProfileChange.of(Map.of("email_consent", "true")))
                .withMessage("type");
    }
}
