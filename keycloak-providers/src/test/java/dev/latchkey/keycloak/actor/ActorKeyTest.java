package dev.latchkey.keycloak.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ActorKeyTest {

    private static final byte[] MESSAGE = {1, 2, 3};

    @Test
    void ofWhenUnder32BytesThenRefusedWithoutRepeatingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActorKey.of("k".repeat(31)))
                .withMessage("it has 31 bytes, at least 32 are needed");
    }

    @Test
    void ofWhenBytesAreCountedThenInUtf8() {
        assertThat(ActorKey.of("é".repeat(16))).isNotNull();
    }

    @Test
    void ofWhenOneTrailingNewlineThenSameKey() {
        String secret = "k".repeat(32);
        assertThat(ActorKey.of(secret + "\n").hmac(MESSAGE))
                .isEqualTo(ActorKey.of(secret).hmac(MESSAGE));
        assertThat(ActorKey.of(secret + "\n\n").hmac(MESSAGE))
                .isNotEqualTo(ActorKey.of(secret).hmac(MESSAGE));
    }

    @Test
    void ofWhenNewlineIsNeededToReach32BytesThenRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ActorKey.of("k".repeat(31) + "\n"));
    }
}
