package dev.latchkey.api.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class TierSettingsTest {

    private static final Collection<String> TABLES = List.of("works", "device_blobs");

    /** As variables of the environment. */
    private static TierSettings bound(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("latchkey.tiers", Bindable.of(TierSettings.class));
    }

    @Test
    void givenNothing_thenTheDocumentedDefaults() {
        TierSettings tiers = bound(Map.of());

        assertThat(tiers.order()).containsExactly("guest", "free", "pro");
        assertThat(tiers.byDefault()).isEqualTo("free");
        assertThat(tiers.entitlements("guest")).isEmpty();
        assertThat(tiers.entitlements("free")).containsExactly(Entitlement.CAN_SYNC);
        assertThat(tiers.entitlements("pro")).containsExactlyInAnyOrder(Entitlement.values());
        assertThat(tiers.rows()).isEmpty();
        assertThat(tiers.snapshots()).isEmpty();
        assertThat(tiers.rates()).isEmpty();
    }

    @Test
    void givenVariables_thenTheyCount_andTheRestIsAsBefore() {
        TierSettings tiers = bound(Map.of(
                "LATCHKEY_TIERS_DEFAULT", "pro",
                "LATCHKEY_TIERS_ENTITLEMENTS_FREE", "",
                "LATCHKEY_TIERS_ROWS_FREE_DEVICE_BLOBS", "7",
                "LATCHKEY_TIERS_SNAPSHOTS_FREE", "3",
                "LATCHKEY_TIERS_RATES_FREE_WRITES", "60"));

        assertThat(tiers.byDefault()).isEqualTo("pro");
        assertThat(tiers.entitlements("free")).isEmpty();
        assertThat(tiers.entitlements("pro")).hasSize(2);
        assertThat(tiers.rows("free", "device_blobs")).isEqualTo(7);
        assertThat(tiers.rows("pro", "device_blobs")).isNull();
        assertThat(tiers.snapshots()).isEqualTo(Map.of("free", 3L));
        assertThat(tiers.perMinute("free", "writes")).isEqualTo(60);
        tiers.requireKnownLimits("rows", tiers.rows(), TABLES);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            LATCHKEY_TIERS_DEFAULT,             gold,            default
            LATCHKEY_TIERS_ORDER,               'free,pro,free', order
            LATCHKEY_TIERS_ORDER,               'free,Pro',      order
            LATCHKEY_TIERS_ORDER,               'guest,pro',     default
            LATCHKEY_TIERS_ENTITLEMENTS_GOLD,   can_sync,        entitlements
            LATCHKEY_TIERS_ENTITLEMENTS_FREE,   can_fly,         CAN_FLY
            LATCHKEY_TIERS_ROWS_GOLD_WORKS,     1,               rows
            LATCHKEY_TIERS_ROWS_FREE_WORKS,     -1,              rows
            LATCHKEY_TIERS_ROWS_FREE_WORKS,     many,            rows
            LATCHKEY_TIERS_SNAPSHOTS_GOLD,      1,               snapshots
            LATCHKEY_TIERS_RATES_GOLD_WRITES,   1,               rates
            """)
    void givenAnUnknownNameOrNumber_thenItDoesNotStart(String variable, String value, String named) {
        assertThatThrownBy(() -> bound(Map.of(variable, value)))
                .satisfies(thrown -> assertThat(messages(thrown)).containsIgnoringCase(named));
    }

    @Test
    void givenATableThatIsNotThere_thenItDoesNotStart() {
        TierSettings tiers = bound(Map.of("LATCHKEY_TIERS_ROWS_FREE_WORK", "1"));

        assertThatThrownBy(() -> tiers.requireKnownLimits("rows", tiers.rows(), TABLES))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("latchkey.tiers.rows")
                .hasMessageContaining("work");
    }

    @Test
    void givenARateThatCannotBeCounted_thenItDoesNotStart() {
        TierSettings tiers = bound(Map.of("LATCHKEY_TIERS_RATES_PRO_WRITES", "1000"));

        tiers.requireRatesUpTo(1000);
        assertThatThrownBy(() -> tiers.requireRatesUpTo(999))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("latchkey.tiers.rates");
    }

    @Test
    void whenAsked_thenTheLowestTierIsNamed() {
        TierSettings tiers = bound(Map.of("LATCHKEY_TIERS_ENTITLEMENTS_FREE", ""));

        assertThat(tiers.lowest(tier -> tiers.entitlements(tier).contains(Entitlement.CAN_SYNC)))
                .isEqualTo("pro");
        assertThat(tiers.lowest(tier -> false)).isNull();
        assertThat(tiers.entitlements("unheard of")).isEqualTo(Set.of());
    }

    private static String messages(Throwable thrown) {
        StringBuilder messages = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            messages.append(t.getMessage()).append('\n');
        }
        return messages.toString();
    }
}
