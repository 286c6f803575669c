package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.Keycloak;

/** Else a column of the table would tell of another Keycloak than it says. */
@ExtendWith(RunningStack.class)
class KeycloakVersionIT {

    @Test
    @DisplayName("Given a version to test, then that is what runs")
    void version(Running running) {
        StackSettings settings = running.settings();
        try (Keycloak admin = Keycloak.getInstance(
                settings.keycloakUrl(),
                "master",
                Secrets.ADMIN,
                settings.secrets().admin(),
                "admin-cli")) {
            assertThat(admin.serverInfo().getInfo().getSystemInfo().getVersion())
                    .isEqualTo(System.getProperty("latchkey.keycloak"));
        }
    }
}
