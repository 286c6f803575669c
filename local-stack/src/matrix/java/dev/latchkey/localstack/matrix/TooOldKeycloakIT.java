package dev.latchkey.localstack.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.localstack.Progress;
import dev.latchkey.localstack.Stack;
import dev.latchkey.localstack.StackSettings;
import dev.latchkey.localstack.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Else people would learn in the middle of a sign-in what their Keycloak lacks. */
class TooOldKeycloakIT {

    @Test
    @DisplayName(
            "Given a Keycloak that is too old, then it ends while it starts with the jar, and says why in one sentence")
    void refused(@TempDir Path directory) throws Exception {
        StackSettings settings = StackSettings.forTests(
                directory,
                Path.of(System.getProperty("latchkey.state")).resolve("cache"),
                Path.of(System.getProperty("latchkey.parts")));

        try (Stack stack = new Stack(settings, new Progress(System.out))) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(stack::start)
                    .withMessageContaining(
                            "ended with exit code 1: ERROR: keycloak-providers.jar needs Keycloak %s or newer, and this is %s",
                            Testable.NEEDED, System.getProperty("latchkey.keycloak"));
        }

        assertThat(Files.readString(directory.resolve("logs/keycloak.log")))
                .doesNotContain("NoSuchMethodError", "NoClassDefFoundError");
    }
}
