package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdSetTest {

    private static final int MANY = 300_000;

    @Test
    void whatWasAddedIsThere_andIsNotAddedAgain() {
        IdSet ids = new IdSet();
        UUID zero = new UUID(0, 0);
        UUID halfZero = new UUID(0, 1);

        assertThat(ids.contains(zero)).isFalse();
        assertThat(ids.add(zero)).isTrue();
        assertThat(ids.add(zero)).isFalse();
        assertThat(ids.contains(halfZero)).isFalse();
        assertThat(ids.add(halfZero)).isTrue();
        assertThat(ids.add(halfZero)).isFalse();
        assertThat(ids.contains(zero)).isTrue();
        assertThat(ids.contains(halfZero)).isTrue();
        assertThat(ids.contains(new UUID(1, 0))).isFalse();
    }

    static Stream<Named<IntFunction<UUID>>> chosen() {
        return Stream.of(
                Named.of("counted up", i -> new UUID(1, i)),
                Named.of("counted up from the top", i -> new UUID((long) i << 40, 0)),
                Named.of("in a corner of both halves", i -> new UUID((long) (i >>> 9) << 54, (long) i << 55)),
                // Without random factors these met, by this very formula.
                Named.of("made to meet", i -> new UUID(42 ^ i * 0x9E3779B97F4A7C15L, i)));
    }

    /** Who knew which ids meet could make each of them meet all that were there: minutes for these, hours for an archive. */
    @ParameterizedTest
    @MethodSource("chosen")
    void howeverTheyAreChosen_itTakesNoLonger(IntFunction<UUID> id) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            IdSet ids = new IdSet();
            for (int i = 0; i < MANY; i++) {
                ids.add(id.apply(i));
            }
            for (int i = 0; i < MANY; i++) {
                assertThat(ids.contains(id.apply(i))).isTrue();
            }
        });
    }
}
