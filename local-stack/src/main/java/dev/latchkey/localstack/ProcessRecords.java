package dev.latchkey.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which processes this stack has started, on disk, so that the next start can end what a killed stack left behind.
 *
 * <p>A process is known by its number <em>and</em> the instant it began: numbers are given out again, and another
 * program's process must never be ended.
 */
final class ProcessRecords {

    /** Linux derives the instant from the clock's boot time, which time synchronisation may move a little. */
    private static final Duration CLOCK_DRIFT = Duration.ofSeconds(2);

    private static final String SUFFIX = ".processes";

    private final Path directory;

    ProcessRecords(Path directory) {
        this.directory = directory;
    }

    /** Remembers the process and everything it has started so far. */
    void remember(String name, ProcessHandle process) {
        String lines = Stream.concat(Stream.of(process), process.descendants())
                .flatMap(handle -> handle.info().startInstant().stream()
                        .map(began -> handle.pid() + " " + began.toEpochMilli() + "\n"))
                .collect(Collectors.joining());
        try {
            Files.createDirectories(directory);
            Files.writeString(file(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forget(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends what an earlier stack left behind, newest first, so that the database goes last.
     *
     * @return how many processes were ended
     */
    int endLeftovers(Duration grace) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(directory)) {
            newestFirst = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing(ProcessRecords::modified).reversed())
                    .toList();
        }
        int ended = 0;
        for (Path file : newestFirst) {
            for (String line : Files.readAllLines(file)) {
                Optional<ProcessHandle> leftover = find(line);
                if (leftover.isPresent()) {
                    end(leftover.get(), grace);
                    ended++;
                }
            }
            Files.delete(file);
        }
        return ended;
    }

    /** Asks the process to end, then insists. */
    static void end(ProcessHandle process, Duration grace) {
        List<ProcessHandle> family =
                Stream.concat(process.descendants(), Stream.of(process)).toList();
        process.destroy();
        if (!gone(process, grace)) {
            family.forEach(ProcessHandle::destroyForcibly);
            gone(process, grace);
        }
        // A wrapper script may be gone before what it started.
        family.stream().filter(member -> !gone(member, grace)).forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean gone(ProcessHandle process, Duration grace) {
        try {
            process.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<ProcessHandle> find(String line) {
        String[] fields = line.split(" ", -1);
        Instant began = Instant.ofEpochMilli(Long.parseLong(fields[1]));
        return ProcessHandle.of(Long.parseLong(fields[0]))
                .filter(handle -> handle.info()
                        .startInstant()
                        .filter(instant ->
                                Duration.between(began, instant).abs().compareTo(CLOCK_DRIFT) <= 0)
                        .isPresent());
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }
}
