package dev.latchkey.rowsecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a'b", "a\"b", "ä", "a\n", "a\0", "a/b"})
    void constructorWhenIdOrActorMalformedThenRefusedWithoutRepeatingIt(String malformed) {
        assertThatThrownBy(() -> Owner.of(malformed))
                .isInstanceOfSatisfying(
                        InvalidOwnerException.class, e -> assertThat(e.code()).isEqualTo("invalid_owner"));
        assertThatThrownBy(() -> new Owner("alice", malformed)).isInstanceOf(InvalidOwnerException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 128})
    void constructorWhenAsLongAsAllowedThenAccepted(int length) {
        assertThat(Owner.of("x".repeat(length)).id()).hasSize(length);
    }

    @Test
    void constructorWhenEachAllowedCharacterThenAcceptedAndItsNeighboursRefused() {
        String allowed = "AZaz09._:-";
        assertThat(new Owner(allowed, allowed, allowed + "/").origin()).hasSize(11);
        for (char neighbour : "@[`{/,;".toCharArray()) {
            assertThatThrownBy(() -> Owner.of("a" + neighbour)).isInstanceOf(InvalidOwnerException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {129})
    void constructorWhenLongerThenRefused(int length) {
        assertThatThrownBy(() -> Owner.of("x".repeat(length))).isInstanceOf(InvalidOwnerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a|b", "a'b", "ä", "a\n"})
    void constructorWhenTheOriginIsMalformedThenRefused(String malformed) {
        assertThatThrownBy(() -> new Owner("alice", null, malformed)).isInstanceOf(InvalidOwnerException.class);
        assertThatThrownBy(() -> new Owner("alice", null, "x".repeat(201))).isInstanceOf(InvalidOwnerException.class);
    }
}
