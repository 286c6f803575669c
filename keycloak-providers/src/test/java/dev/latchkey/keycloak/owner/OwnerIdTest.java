package dev.latchkey.keycloak.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerIdTest {

    static String[] longest() {
        return new String[] {"x".repeat(128)};
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "6bb8fe4c-255c-4885-8d8a-c560acd3fb14", "legacy:user_1.old"})
    @MethodSource("longest")
    void constructorWhenOfTheFormThenAccepted(String value) {
        assertThat(new OwnerId(value).value()).isEqualTo(value);
    }

    static String[] tooLong() {
        return new String[] {"x".repeat(129)};
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "ä", "a'b", "a/b"})
    @MethodSource("tooLong")
    void constructorWhenNotOfTheFormThenRefusedWithoutRepeatingIt(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OwnerId(value))
                .withMessage("an owner_id is 1 to 128 of A-Z a-z 0-9 . _ : -");
    }
}
