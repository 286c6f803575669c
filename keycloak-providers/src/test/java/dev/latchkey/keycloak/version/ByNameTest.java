package dev.latchkey.keycloak.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ByNameTest {

    @Test
    void callWhenFoundThenAnswersAndThrowsAsTheMethodDoes() {
        assertThat(ByName.method(Duration.class, "toSeconds").call(Duration.ofMinutes(1)))
                .isEqualTo(60L);
        assertThatThrownBy(() -> ByName.method(Optional.class, "get").call(Optional.empty()))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void makeWhenFoundThenAnswersWhatIsMade() {
        assertThat(ByName.constructor(Object.class).make()).isExactlyInstanceOf(Object.class);
    }

    @Test
    void methodWhenMissingOrNotTheOnlyOneThenRefusedAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> ByName.method(Duration.class, "toFortnights"));
        assertThatIllegalArgumentException().isThrownBy(() -> ByName.method(Duration.class, "plus"));
        assertThatIllegalArgumentException().isThrownBy(() -> ByName.constructor(String.class));
    }

    @Test
    void hasWhenAskedThenSaysWhetherThereIsOne() {
        assertThat(ByName.has(Duration.class, "toSeconds")).isTrue();
        assertThat(ByName.has(Duration.class, "toFortnights")).isFalse();
    }
}
