package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SnapshotSettingsTest {

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "latchkey.snapshots.every", "0",
            "latchkey.snapshots.keep", "1",
            "latchkey.snapshots.sweep-after", "24h"));

    private SnapshotSettings bound() {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("latchkey.snapshots", SnapshotSettings.class)
                .get();
    }

    /** As a container gets it whose variable is there and has no value. */
    @Test
    void whenTheStoreIsEmpty_thenItIsTheDirectory() {
        settings.put("latchkey.snapshots.store", "");

        assertThat(bound().store()).isEqualTo(SnapshotSettings.Store.DIRECTORY);
    }

    @Test
    void whenArchivesWouldBeSweptThatAreJustBeingMade_thenTheVariableIsNamed() {
        settings.put("latchkey.snapshots.sweep-after", "59m");
        assertThatThrownBy(this::bound).rootCause().hasMessageContaining("LATCHKEY_SNAPSHOT_SWEEP_AFTER");

        settings.put("latchkey.snapshots.sweep-after", "0");
        assertThat(bound().sweepAfter()).isZero();
    }
}
