package dev.latchkey.rowsecurity.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final BindingKey KEY = BindingKey.of("a key of this test, which nobody guesses");

    @Test
    void onWhenSealedThenGoodForTheWholeLifetime() {
        Seal seal = new Seal(new Signing(KEY, true, Duration.ofSeconds(1)), 7);
        long before = System.currentTimeMillis();

        String[] parts = seal.on("alice", "actor|write").split("\\|");

        assertThat(parts).hasSize(6).startsWith("actor", "write").contains("7", KEY.id());
        assertThat(Long.parseLong(parts[2]) * 1_000).isGreaterThanOrEqualTo(before + 1_000);
    }
}
