package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "P1D", "P7D"})
    void whenALinkIsGoodForAnHourToAWeek_thenItIsTaken(Duration lifetime) {
        assertThatCode(() -> new LinkSettings("", lifetime, Duration.ZERO)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT59M59S", "P7DT1S"})
    void whenItIsGoodForLessOrMore_thenTheVariableIsNamed(Duration lifetime) {
        assertThatThrownBy(() -> new LinkSettings("", lifetime, Duration.ZERO))
                .hasMessageContaining("LATCHKEY_SNAPSHOT_LINK_LIFETIME");
    }

    @Test
    void whenAMailWouldBeSentBeforeTheSnapshotBegan_thenTheVariableIsNamed() {
        assertThatThrownBy(() -> new LinkSettings("", Duration.ofHours(1), Duration.ofSeconds(-1)))
                .hasMessageContaining("LATCHKEY_SNAPSHOT_MAIL_AFTER");
    }
}
