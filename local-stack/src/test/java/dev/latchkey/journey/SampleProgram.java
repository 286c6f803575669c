package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.localstack.StackSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of {@code samples.jar} as a process, on a desktop of its own. */
final class SampleProgram implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader reader;
    private final StringBuilder output = new StringBuilder();

    private SampleProgram(Process process) {
        this.process = process;
        this.reader = process.inputReader();
    }

    static SampleProgram start(StackSettings settings, SampleDesktop desktop, String... arguments) throws IOException {
        return start(settings, desktop, List.of(), arguments);
    }

    static SampleProgram start(
            StackSettings settings, SampleDesktop desktop, List<String> javaOptions, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", System.getProperty("latchkey.samples")));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--issuer", settings.issuer(), "--api", settings.apiUrl()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(desktop.environment());
        return new SampleProgram(builder.start());
    }

    /** Waits for the line that starts like this and returns the rest of it. */
    String line(String start) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.append(line).append('\n');
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
        throw new AssertionError("No line \"%s…\" but:%n%s".formatted(start, output));
    }

    /** Waits for the end and returns all that was printed. */
    String ends(int exitCode) throws IOException, InterruptedException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.append(line).append('\n');
        }
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output.toString()).isEqualTo(exitCode);
        return output.toString();
    }

    /** As Ctrl-C does, which a test cannot press: what runs in the background may have been told to ignore it. */
    void cancel() {
        // Unlike Process.destroy, which closes the streams too.
        process.toHandle().destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
