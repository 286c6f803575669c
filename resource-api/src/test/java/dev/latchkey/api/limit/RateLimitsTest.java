package dev.latchkey.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTest {

    private static RateLimits limits(long writes, long addressFactor) {
        return new RateLimits(RateLimits.Store.MEMORY, writes, 1, 1, 1, 1, addressFactor);
    }

    @Test
    void theHighestCanBeCounted() {
        RateLimits highest = limits(RateLimits.MOST, 60);

        long ofAnAddress = highest.of(RequestClass.WRITES) * highest.addressFactor();
        assertThat(new MemoryBudgets().take("key", ofAnAddress).isConsumed()).isTrue();
        assertThatThrownBy(() -> new MemoryBudgets().take("key", ofAnAddress + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "1000000001, 1", "9223372036854775807, 10", "1, 0", "1, 61"})
    void whatCannotBeCountedDoesNotStart(long writes, long addressFactor) {
        assertThatThrownBy(() -> limits(writes, addressFactor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LATCHKEY_RATE_LIMIT_");
    }
}
