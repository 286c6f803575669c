package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedLinkTest {

    private static final String KEY = "key-of-the-tests, 32 bytes or more";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final SealedLink link = new SealedLink("owner-of-it", UUID.randomUUID(), NOON);

    @Test
    void whenOpenedInTime_thenItIsWhatWasSealed() {
        assertThat(SealedLink.open(KEY, link.seal(KEY), NOON.minusSeconds(1))).hasValue(link);
        assertThat(SealedLink.open(KEY, link.seal(KEY), NOON)).isEmpty();
    }

    @Test
    void whenLookedAt_thenItTellsNothingAndIsAnotherEachTime() {
        String token = link.seal(KEY);

        assertThat(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.ISO_8859_1))
                .doesNotContain("owner");
        assertThat(token).isNotEqualTo(link.seal(KEY)).matches("[A-Za-z0-9_-]{1,512}");
        assertThat(new SealedLink("o".repeat(128), UUID.randomUUID(), NOON).seal(KEY))
                .matches("[A-Za-z0-9_-]{1,512}");
    }

    @Test
    void whenAnyBitIsAnotherOrTheKeyIs_thenItIsNone() {
        byte[] sealed = Base64.getUrlDecoder().decode(link.seal(KEY));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(SealedLink.open(
                            KEY, Base64.getUrlEncoder().withoutPadding().encodeToString(changed), Instant.EPOCH))
                    .isEmpty();
        }
        assertThat(SealedLink.open(KEY + "!", link.seal(KEY), Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AAAAAAAAAAAAAAAA", "%00", "äöü", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whenItIsNoToken_thenItIsNone(String token) {
        assertThat(SealedLink.open(KEY, token, Instant.EPOCH)).isEmpty();
    }
}
