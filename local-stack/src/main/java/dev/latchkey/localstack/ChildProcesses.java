package dev.latchkey.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** All processes of one stack: started one by one, ended in the opposite order, on record meanwhile. */
final class ChildProcesses implements AutoCloseable {

    /**
     * What a developer's shell may say about other Keycloaks, Postgreses and Spring applications is not meant for ours.
     */
    private static final List<String> FOREIGN_VARIABLES =
            List.of("KC_", "KEYCLOAK_", "QUARKUS_", "PG", "POSTGRES_", "SPRING_", "SERVER_", "LATCHKEY_", "JAVA_OPTS");

    private final Path logs;
    private final ProcessRecords records;
    private final Deque<ChildProcess> children = new ArrayDeque<>();
    private boolean closed;

    ChildProcesses(Path logs, ProcessRecords records) {
        this.logs = logs;
        this.records = records;
    }

    /**
     * Starts a process.
     *
     * @param name of its log and its record
     * @param environment set on top of what this process has
     */
    synchronized ChildProcess start(String name, List<String> command, Map<String, String> environment) {
        if (closed) {
            throw new StartFailure("The stack is stopping.");
        }
        Path log = logs.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(logs.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(variable -> FOREIGN_VARIABLES.stream().anyMatch(variable::startsWith));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(logs);
            ChildProcess child = new ChildProcess(name, builder.start(), log);
            children.push(child);
            records.remember(name, child.handle());
            return child;
        } catch (IOException e) {
            throw new StartFailure("%s cannot be started: %s.".formatted(command.get(0), e.getMessage()), e);
        }
    }

    /** Runs a command to its end and leaves its output in the log of that name. */
    ChildProcess run(String name, List<String> command, Map<String, String> environment, Progress.Step step)
            throws InterruptedException {
        ChildProcess child = start(name, command, environment);
        while (!child.endsWithin(Duration.ofMillis(500))) {
            records.remember(name, child.handle());
            step.tick("still working");
        }
        forget(child);
        return child;
    }

    /** Puts on record what the child has started in the meantime: scripts start the process that matters. */
    void rememberFamily(ChildProcess child) {
        records.remember(child.name(), child.handle());
    }

    /** Completes with the first child that ends. */
    synchronized CompletableFuture<ChildProcess> firstExit() {
        return CompletableFuture.anyOf(
                        children.stream().map(ChildProcess::onExit).toArray(CompletableFuture[]::new))
                .thenApply(ChildProcess.class::cast);
    }

    synchronized void stop(ChildProcess child) {
        child.stop();
        forget(child);
    }

    private synchronized void forget(ChildProcess child) {
        children.remove(child);
        records.forget(child.name());
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!children.isEmpty()) {
            stop(children.peek());
        }
    }
}
