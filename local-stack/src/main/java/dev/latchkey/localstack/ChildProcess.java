package dev.latchkey.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that this stack has started. Its output goes to a log file. */
final class ChildProcess {

    private static final Duration GRACE = Duration.ofSeconds(20);

    /** 128 + SIGKILL. */
    private static final int KILLED = 137;

    private final String name;
    private final Process process;
    private final Path log;
    private volatile List<String> stopCommand = List.of();

    ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Why it has ended, as far as can be told. */
    String end() {
        String cause =
                exitCode() == KILLED ? "it was killed, as the system does when memory runs out" : LogCause.in(log);
        return "ended with exit code %d: %s. Its log: %s".formatted(exitCode(), cause, log);
    }

    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    CompletableFuture<ChildProcess> onExit() {
        return process.onExit().thenApply(ended -> this);
    }

    /** From now on this command asks the process to end, in a better way than a signal does. */
    void stopWith(List<String> command) {
        stopCommand = command;
    }

    /** Asks the process to end, waits, and insists if it does not. */
    void stop() {
        if (!stopCommand.isEmpty() && process.isAlive() && politelyStopped()) {
            return;
        }
        ProcessRecords.end(process.toHandle(), GRACE);
    }

    private boolean politelyStopped() {
        try {
            new ProcessBuilder(stopCommand)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start()
                    .waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return endsWithin(GRACE);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
