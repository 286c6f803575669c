package dev.latchkey.rowsecurity.prover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FuzzingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @AfterEach
    void clear() {
        System.clearProperty(Fuzzing.SEED);
    }

    @Test
    void seedWhenNoneIsGivenThenIsAnotherEachTime() {
        assertThat(Fuzzing.lasting(SECOND).seed())
                .isNotEqualTo(Fuzzing.lasting(SECOND).seed());
    }

    @Test
    void seedWhenTheAnnotationGivesOneThenIsThat() {
        assertThat(Fuzzing.lasting(SECOND, 7).seed()).isEqualTo(7);
    }

    @Test
    void seedWhenThePropertyIsSetThenIsThatWhateverTheAnnotationSays() {
        System.setProperty(Fuzzing.SEED, "42");

        assertThat(Fuzzing.lasting(SECOND, 7).seed()).isEqualTo(42);
    }
}
