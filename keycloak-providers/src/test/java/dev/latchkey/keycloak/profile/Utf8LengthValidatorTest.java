package dev.latchkey.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.validate.ValidatorConfig;

class Utf8LengthValidatorTest {

    private final Utf8LengthValidator validator = new Utf8LengthValidator();

    @ParameterizedTest
    @CsvSource({
        "aaaaaaaa, true",
        "aaaaaaaaa, false",
        "ääää, true",
        "ääääa, false",
        "語語, true",
        "語語語, false",
        "🗝🗝, true"
    })
    void validateWhenValueThenItsBytesCount(String value, boolean valid) {
        assertThat(validator.validate(value, "display_name", max(8)).isValid()).isEqualTo(valid);
    }

    @Test
    void validateWhenTooLongThenTheMessageHasTheLimit() {
        var errors = validator.validate("123456789", "display_name", max("8")).getErrors();

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.getMessageParameters()).endsWith(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "many", "1.5"})
    void validateConfigWhenMaximumIsNoWholeNumberFromOneOnThenRefused(String max) {
        assertThat(validator.validateConfig(null, max(max)).isValid()).isFalse();
        assertThat(validator.validateConfig(null, ValidatorConfig.EMPTY).isValid())
                .isFalse();
        assertThat(validator.validateConfig(null, max("160")).isValid()).isTrue();
    }

    private static ValidatorConfig max(Object max) {
        return ValidatorConfig.configFromMap(Map.of("max", max));
    }
}
