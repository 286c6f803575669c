package dev.latchkey.journey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A person's home directory, with a system browser that does nothing, and a keychain: one file for each entry, the machine's own, or none. */
final class SampleDesktop {

    private final Path home;
    private final Path keychain;
    private final Path programs;
    private final Map<String, String> session;

    private SampleDesktop(Path directory, Map<String, String> session) throws IOException {
        this.session = session;
        home = Files.createDirectories(directory.resolve("home"));
        keychain = Files.createDirectories(directory.resolve("keychain"));
        programs = Files.createDirectories(directory.resolve("bin"));
        install("xdg-open");
    }

    static SampleDesktop withKeychain(Path directory) throws IOException {
        SampleDesktop desktop = new SampleDesktop(directory, Map.of());
        desktop.install("secret-tool");
        return desktop;
    }

    static SampleDesktop withoutKeychain(Path directory) throws IOException {
        SampleDesktop desktop = new SampleDesktop(directory, Map.of());
        // Whatever this machine has.
        Path broken = Files.writeString(desktop.programs.resolve("secret-tool"), "#!/bin/sh\necho none >&2; exit 1\n");
        executable(broken);
        return desktop;
    }

    /** @param session how to reach the keychain of this machine */
    static SampleDesktop withKeyring(Path directory, Map<String, String> session) throws IOException {
        return new SampleDesktop(directory, session);
    }

    private void install(String program) throws IOException {
        try (InputStream script =
                Objects.requireNonNull(SampleDesktop.class.getResourceAsStream("bin/" + program), program)) {
            Files.copy(script, programs.resolve(program));
        }
        executable(programs.resolve(program));
    }

    private static void executable(Path program) {
        if (!program.toFile().setExecutable(true)) {
            throw new IllegalStateException(program + " cannot be made executable");
        }
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(session);
        environment.put("XDG_STATE_HOME", home.toString());
        environment.put("KEYCHAIN", keychain.toString());
        environment.put("PATH", programs + ":" + System.getenv("PATH"));
        return environment;
    }

    String secret(String entry) {
        return read(keychain.resolve(entry));
    }

    boolean keeps(String entry) {
        return Files.exists(keychain.resolve(entry));
    }

    void forget(String entry) throws IOException {
        Files.delete(keychain.resolve(entry));
    }

    /** What the system browser was told to open. */
    List<String> opened() {
        return keeps("opened") ? secret("opened").lines().toList() : List.of();
    }

    /** What every program of this machine could read while the keychain was asked. */
    List<String> arguments() {
        return secret("arguments").lines().toList();
    }

    /** What lies in files outside of the keychain. */
    String files() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).map(SampleDesktop::read).reduce("", String::concat);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
