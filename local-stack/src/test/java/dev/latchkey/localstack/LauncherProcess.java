package dev.latchkey.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The launcher in a process of its own, as the build starts it. */
final class LauncherProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    LauncherProcess(Path state, Map<String, String> environment) throws IOException {
        this(state, environment, Path.of(System.getProperty("latchkey.parts")));
    }

    LauncherProcess(Path state, Map<String, String> environment, Path parts) throws IOException {
        output = Files.createTempFile(state, "launcher", ".txt");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        JavaProgram.path(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dlatchkey.state=" + state,
                        "-Dlatchkey.parts=" + parts,
                        LocalStack.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    void awaitOutput(String expected, Duration patience) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (!output().contains(expected)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("No \"" + expected + "\" in:\n" + output());
            }
            Thread.sleep(100);
        }
    }

    int awaitExit(Duration patience) throws IOException, InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("Still running:\n" + output());
        }
        return process.exitValue();
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        process.waitFor(20, TimeUnit.SECONDS);
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
