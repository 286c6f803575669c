package dev.latchkey.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationSettingsTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LATCHKEY_DB_URL", "jdbc:postgresql://db/latchkey?password=canary",
            "POSTGRES_PASSWORD", "canary",
            "LATCHKEY_OWNER_PASSWORD", "canary",
            "LATCHKEY_APP_PASSWORD", "canary",
            "KEYCLOAK_DB_PASSWORD", "canary");

    @Test
    void ofWhenCompleteThenThePasswordsAreNotInItsText() {
        assertThat(MigrationSettings.of(ENVIRONMENT))
                .hasToString("MigrationSettings[superuser=postgres]")
                .extracting(MigrationSettings::url)
                .isEqualTo("jdbc:postgresql://db/latchkey?password=canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LATCHKEY_DB_URL",
                "POSTGRES_PASSWORD",
                "LATCHKEY_OWNER_PASSWORD",
                "LATCHKEY_APP_PASSWORD",
                "KEYCLOAK_DB_PASSWORD"
            })
    void ofWhenOneIsEmptyThenNamesIt(String variable) {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put(variable, "");

        assertThatThrownBy(() -> MigrationSettings.of(environment))
                .isInstanceOf(MigrationException.class)
                .hasMessage("The variable " + variable + " is not set.");
    }

    @Test
    void ofWhenTheBindingKeyIsShortThenSaysSoWithoutIt() {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put("LATCHKEY_BINDING_KEY", "canary");

        assertThatThrownBy(() -> MigrationSettings.of(environment))
                .isInstanceOf(MigrationException.class)
                .hasMessageStartingWith("LATCHKEY_BINDING_KEY: ")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://db/latchkey", "jdbc:postgresql://db:x/latchkey"})
    void runWhenTheAddressIsNoneThenSaysSo(String url) {
        var settings = new MigrationSettings(url, "postgres", "p", "o", "a", "k", null, null);

        assertThatThrownBy(() -> new Migration(settings, line -> {}).run())
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("jdbc:postgresql://host:port/latchkey");
    }
}
