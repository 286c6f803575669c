package dev.latchkey.localstack;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.tukaani.xz.XZInputStream;

/** The Postgres programs for this machine, unpacked, and how to call them. */
final class PostgresBinaries {

    private final Path home;
    private final List<String> prefix;

    private PostgresBinaries(Path home, List<String> prefix) {
        this.home = home;
        this.prefix = prefix;
    }

    static PostgresBinaries unpack(Cache cache, Progress progress) throws IOException, InterruptedException {
        List<String> prefix = prefix();
        Path home = cache.get("postgres", Versions.postgres(), target -> {
            Progress.Step step = progress.step("Postgres", "unpacking the server, once");
            try (InputStream packed = open();
                    InputStream tar = new XZInputStream(new BufferedInputStream(packed))) {
                Archive.unpack(tar, target, 0, () -> step.tick("still unpacking"));
            }
            step.done("unpacked");
        });
        return new PostgresBinaries(home, prefix);
    }

    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin")
                .resolve(windows() ? program + ".exe" : program)
                .toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static InputStream open() throws IOException {
        String system = windows() ? "Windows" : mac() ? "Darwin" : "Linux";
        String architecture = System.getProperty("os.arch", "");
        try {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                    system, architecture.equals("amd64") ? "x86_64" : architecture);
        } catch (IllegalStateException e) {
            throw new StartFailure(
                    "There are no Postgres binaries for %s on %s among the dependencies of local-stack: use Docker Compose on this machine (docker-compose.yml)."
                            .formatted(system, architecture),
                    e);
        }
    }

    /** Postgres refuses to run as root; in a user namespace of its own it does not see that it is. */
    private static List<String> prefix() throws InterruptedException {
        if (!"root".equals(System.getProperty("user.name")) || windows()) {
            return List.of();
        }
        try {
            Process probe = new ProcessBuilder("unshare", "-U", "true")
                    .redirectErrorStream(true)
                    .start();
            if (probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0) {
                return List.of("unshare", "-U");
            }
        } catch (IOException e) {
            // No such program: the sentence below says what to do.
        }
        throw new StartFailure(
                "Postgres refuses to run as root, and this machine does not permit `unshare -U`, which would hide that: run the same command as an ordinary user who owns this directory.");
    }

    private static boolean windows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    private static boolean mac() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
    }
}
