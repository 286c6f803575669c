package dev.latchkey.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a program of the operating system has answered.
 *
 * @param output without the line's end
 */
record HelperProgram(int exitCode, String output, String errors) {

    private static final int PATIENCE_SECONDS = 60;

    /** @param input goes to the program's standard input */
    static HelperProgram run(String input, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        // Before reading, which waits as long as the program does: what it says fits into the pipes, a few lines at
        // most.
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.get(0) + " does not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new HelperProgram(process.exitValue(), output.stripTrailing(), errors.strip());
    }

    HelperProgram orFail(String what) throws IOException {
        if (exitCode != 0) {
            throw new IOException("%s: exit code %d, %s".formatted(what, exitCode, errors));
        }
        return this;
    }
}
