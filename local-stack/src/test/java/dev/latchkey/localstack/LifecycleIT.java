package dev.latchkey.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process among processes. Nothing here waits for Keycloak: Postgres is child enough. */
class LifecycleIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    // A killed Postgres may still be writing for a moment.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path state;

    private final Ports ports = Ports.free();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void freePorts() {
        environment.put(
                "LATCHKEY_CACHE",
                Path.of(System.getProperty("latchkey.state"), "cache").toString());
        environment.put("LATCHKEY_API_PORT", Integer.toString(ports.api()));
        environment.put("LATCHKEY_KEYCLOAK_PORT", Integer.toString(ports.keycloak()));
        environment.put("LATCHKEY_POSTGRES_PORT", Integer.toString(ports.postgres()));
        environment.put("LATCHKEY_SOCIAL_PORT", Integer.toString(ports.social()));
        environment.put("LATCHKEY_MAIL_PORT", Integer.toString(ports.mail()));
        environment.put("LATCHKEY_SMTP_PORT", Integer.toString(ports.smtp()));
    }

    @Test
    @DisplayName("Given a taken port, then one sentence names it and its variable, and nothing was started")
    void takenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(ports.keycloak(), 1, InetAddress.getByName("localhost"));
                LauncherProcess launcher = new LauncherProcess(state, environment)) {
            assertThat(launcher.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(launcher.output())
                    .contains("Port " + taken.getLocalPort(), "LATCHKEY_KEYCLOAK_PORT")
                    .doesNotContain("\tat ");
            assertThat(state.resolve("data")).doesNotExist();
        }
    }

    @Test
    @DisplayName("Given parts that were not built, then one sentence says so and Postgres is ended again")
    void missingPart() throws Exception {
        environment.put("LATCHKEY_CACHE", state.resolve("empty-cache").toString());
        try (LauncherProcess launcher = new LauncherProcess(state, environment, state.resolve("no-parts"))) {
            assertThat(launcher.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(launcher.output()).contains("is missing").doesNotContain("\tat ");
            assertThat(records()).isEmpty();
        }
    }

    @Test
    @DisplayName("Given SIGTERM while it starts, then every child ends, and kept data serves the next start")
    void sigterm() throws Exception {
        try (LauncherProcess launcher = startedWithPostgres()) {
            List<ProcessHandle> children = launcher.children();
            assertThat(children).isNotEmpty();

            launcher.terminate();

            launcher.awaitExit(PATIENCE);
            assertThat(launcher.output()).contains("stopped").doesNotContain("\tat ", "ended with exit code");
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(records()).isEmpty();
        }
        try (LauncherProcess again = startedWithPostgres()) {
            assertThat(again.output()).doesNotContain("creating an empty database");
        }
    }

    @Test
    @DisplayName("Given a stack that runs, then a second start in the same directory says so and leaves it alone")
    void secondStart() throws Exception {
        try (LauncherProcess first = startedWithPostgres();
                LauncherProcess second = new LauncherProcess(state, environment)) {
            List<ProcessHandle> servers = first.children();
            assertThat(second.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(second.output()).contains("already running");
            // Others come and go by themselves: Postgres has processes for a moment's work.
            assertThat(servers).anyMatch(ProcessHandle::isAlive);
            assertThat(first.children()).containsAnyElementsOf(servers);
        }
    }

    @Test
    @DisplayName("Given a launcher killed without a chance to clean up, then the next start ends what it left behind")
    void killed() throws Exception {
        List<ProcessHandle> leftovers;
        try (LauncherProcess launcher = startedWithPostgres()) {
            leftovers = launcher.children();
            launcher.kill();
            launcher.awaitExit(PATIENCE);
        }
        // Ending the try block above ends the launcher's children only while it lives: these are orphans now.
        assertThat(leftovers).isNotEmpty().anyMatch(ProcessHandle::isAlive);

        try (LauncherProcess next = startedWithPostgres()) {
            assertThat(next.output()).contains("left behind");
            for (ProcessHandle leftover : leftovers) {
                leftover.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private LauncherProcess startedWithPostgres() throws IOException, InterruptedException {
        LauncherProcess launcher = new LauncherProcess(state, environment);
        launcher.awaitOutput("Postgres   ready", PATIENCE);
        return launcher;
    }

    private List<Path> records() throws IOException {
        try (var files = Files.list(state.resolve("run"))) {
            return files.filter(file -> file.toString().endsWith(".processes")).toList();
        }
    }
}
