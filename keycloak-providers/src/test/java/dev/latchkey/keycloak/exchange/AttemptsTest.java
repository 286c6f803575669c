package dev.latchkey.keycloak.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Attempts attempts = new Attempts(nanos::get);

    @Test
    void countWhenLimitIsReachedThenRefusesUntilTheMinuteEnds() throws Exception {
        attempts.count("a", 2);
        attempts.count("a", 2);
        passes(Duration.ofSeconds(20));

        assertThatThrownBy(() -> attempts.count("a", 2))
                .isInstanceOfSatisfying(ExchangeRefusedException.class, refused -> {
                    assertThat(refused.status().getStatusCode()).isEqualTo(429);
                    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(40));
                });
        assertThatCode(() -> attempts.count("b", 2)).doesNotThrowAnyException();
        passes(Duration.ofSeconds(40));
        assertThatCode(() -> attempts.count("a", 2)).doesNotThrowAnyException();
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
