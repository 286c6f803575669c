package dev.latchkey.localstack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Keycloak unpacked, with our providers in it and built: once for each content of the provider jar. */
final class KeycloakDistribution {

    private static final String PART = "Keycloak";

    /** A change here makes a new build. */
    private static final List<String> BUILD_OPTIONS = List.of(
            "--db=postgres",
            "--health-enabled=true",
            // As in keycloak-providers/Dockerfile: docs/threat-model.md says why.
            "--features-disabled=impersonation");

    private final Path home;

    private KeycloakDistribution(Path home) {
        this.home = home;
    }

    static KeycloakDistribution prepare(StackSettings settings, ChildProcesses children, Progress progress)
            throws IOException, InterruptedException {
        Path packed = part(settings, "keycloak-" + Versions.keycloak() + ".tar.gz");
        Path providers = part(settings, "keycloak-providers.jar");
        String fingerprint = new Fingerprint()
                .file(providers)
                .text(String.join(" ", BUILD_OPTIONS))
                .toString();
        Path home = new Cache(settings.cache()).get("keycloak", Versions.keycloak() + "-" + fingerprint, target -> {
            unpack(packed, target, progress);
            Files.copy(providers, target.resolve("providers").resolve("latchkey.jar"));
            build(target, children, progress);
        });
        return new KeycloakDistribution(home);
    }

    List<String> command(List<String> arguments) {
        return command(home, arguments);
    }

    /** The java of this very process, whatever the PATH says. */
    static Map<String, String> environment() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA", JavaProgram.path());
    }

    private static void unpack(Path packed, Path target, Progress progress) throws IOException {
        Progress.Step step = progress.step(PART, "unpacking version " + Versions.keycloak());
        try (InputStream file = new BufferedInputStream(Files.newInputStream(packed));
                InputStream tar = new GZIPInputStream(file)) {
            Archive.unpack(tar, target, 1, () -> step.tick("still unpacking"));
        }
        step.done("unpacked");
    }

    private static void build(Path target, ChildProcesses children, Progress progress) throws InterruptedException {
        Progress.Step step = progress.step(PART, "building it with our providers, once for each change of them");
        List<String> arguments = new java.util.ArrayList<>(List.of("build"));
        arguments.addAll(BUILD_OPTIONS);
        ChildProcess build = children.run("keycloak-build", command(target, arguments), environment(), step);
        if (build.exitCode() != 0) {
            throw new StartFailure("Keycloak cannot be built with our providers: %s. Its log: %s"
                    .formatted(LogCause.in(build.log()), build.log()));
        }
        step.done("built");
    }

    private static List<String> command(Path home, List<String> arguments) {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        List<String> command = new java.util.ArrayList<>();
        command.add(home.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh").toString());
        command.addAll(arguments);
        return command;
    }

    private static Path part(StackSettings settings, String name) {
        Path part = settings.parts().resolve(name);
        if (!Files.isRegularFile(part)) {
            throw new StartFailure(part + " is missing: the build makes it, so run `mvn` in the project's root.");
        }
        return part;
    }
}
