package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.StackSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code samples.jar desktop} with a real keychain. */
@ExtendWith(RunningStack.class)
class KeyringSampleIT {

    @Test
    @DisplayName("Given GNOME Keyring, then the tokens are kept in it until the person signs out")
    void keptInKeyring(Running running, @TempDir Path directory) throws Exception {
        StackSettings settings = running.settings();
        try (Keyring keyring = new Keyring(directory);
                Browser browser = new Browser()) {
            SampleDesktop desktop = SampleDesktop.withKeyring(directory, keyring.environment());
            try (SampleProgram program = SampleProgram.start(settings, desktop, "desktop")) {
                String callback =
                        browser.signInWithoutFollowing("http" + program.line("http"), "alice", "alice");
                browser.open(callback);
                assertThat(program.ends(0)).contains("GET /v1/me: 200");
            }
            try (SampleProgram program = SampleProgram.start(settings, desktop, "desktop")) {
                assertThat(program.ends(0)).contains("GET /v1/me: 200").doesNotContain("Sign in");
            }
            assertThat(Files.exists(directory.resolve("data/keyrings/login.keyring"))).isTrue();
            try (SampleProgram program = SampleProgram.start(settings, desktop, "desktop", "--sign-out")) {
                assertThat(program.ends(0)).contains("Signed out.");
            }
            try (SampleProgram program = SampleProgram.start(settings, desktop, "desktop", "--timeout", "1")) {
                assertThat(program.ends(1)).contains("Sign in with your browser");
            }
        }
    }
}
