package dev.latchkey.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A GNOME Keyring of its own, unlocked, on a session bus of its own. */
final class Keyring implements AutoCloseable {

    private final Process bus;
    private final Map<String, String> environment;

    Keyring(Path directory) throws IOException, InterruptedException {
        Path runtime = Files.createDirectory(directory.resolve("runtime"));
        Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwx------"));
        bus = new ProcessBuilder("dbus-daemon", "--session", "--nofork", "--print-address")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        environment = Map.of(
                "DBUS_SESSION_BUS_ADDRESS", bus.inputReader().readLine(),
                "XDG_RUNTIME_DIR", runtime.toString(),
                "XDG_DATA_HOME", directory.resolve("data").toString());
        unlock();
    }

    /** Goes to the background when it is ready, and ends with its bus. */
    private void unlock() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("gnome-keyring-daemon", "--unlock", "--components=secrets")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process daemon = builder.start();
        try (var in = daemon.getOutputStream()) {
            in.write("password of this test\n".getBytes(StandardCharsets.UTF_8));
        }
        if (daemon.waitFor() != 0) {
            close();
            throw new IOException("gnome-keyring-daemon does not start");
        }
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void close() {
        bus.destroy();
    }
}
