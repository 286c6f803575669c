package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofNoncesTest {

    private static final String SECRET = "nonce-key-of-the-tests, 32 bytes or more";

    /** Where a slot begins. */
    private static final Instant NOW = Instant.ofEpochSecond(ProofNonces.SLOT.toSeconds() * 15_000_000);

    private static ProofNonces at(Instant time) {
        return new ProofNonces(SECRET, Clock.fixed(time, ZoneOffset.UTC));
    }

    private static ProofNonces after(Duration time) {
        return at(NOW.plus(time));
    }

    @Test
    void whenItsSlotOrTheNextIsRunning_thenANonceIsGood() {
        String nonce = at(NOW).current();

        assertThat(at(NOW).accepts(nonce)).isTrue();
        assertThat(after(ProofNonces.SLOT.minusSeconds(1)).current()).isEqualTo(nonce);
        assertThat(after(ProofNonces.SLOT.multipliedBy(2).minusSeconds(1)).accepts(nonce))
                .isTrue();
    }

    @Test
    void whenTwoSlotsHavePassed_thenANonceIsOld() {
        assertThat(after(ProofNonces.SLOT.multipliedBy(2)).accepts(at(NOW).current()))
                .isFalse();
    }

    @Test
    void whenASlotHasNotBegun_thenItsNonceIsNoGood() {
        assertThat(at(NOW).accepts(after(ProofNonces.SLOT).current())).isFalse();
    }

    @Test
    void givenReplicasWithOneSecret_thenEachTakesTheOthersNonces() {
        assertThat(at(NOW).accepts(at(NOW).current())).isTrue();
    }

    @Test
    void givenNoSecret_thenEveryProcessHasItsOwn() {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var one = new ProofNonces("", clock);

        assertThat(one.accepts(one.current())).isTrue();
        assertThat(new ProofNonces("", clock).accepts(one.current())).isFalse();
        assertThat(at(NOW).accepts(one.current())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ÿ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whenSomebodyMakesOneUp_thenItIsNoGood(String nonce) {
        assertThat(at(NOW).accepts(nonce)).isFalse();
        assertThat(at(NOW).accepts(at(NOW).current() + nonce)).isEqualTo(nonce.isEmpty());
    }
}
