package dev.latchkey.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Directories that are expensive to make, each made once for its name. Several stacks may share a cache: a running local
 * stack and the integration tests of the same checkout do.
 */
final class Cache {

    /** Enough for a running stack and a few rebuilt provider jars; a built Keycloak takes some 300 MB. */
    private static final int KEPT_OF_A_KIND = 4;

    private static final String COMPLETE = ".complete";

    /** File locks are held by the whole JVM, threads need one of their own. */
    private static final ConcurrentMap<String, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path directory;

    Cache(Path directory) {
        this.directory = directory;
    }

    interface Maker {
        void make(Path target) throws IOException, InterruptedException;
    }

    /**
     * The directory, made now unless it is there.
     *
     * @param kind such as {@code keycloak}; the least recently used directories of a kind are deleted
     * @param version stands for everything that went into the content
     */
    Path get(String kind, String version, Maker maker) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        ReentrantLock threads = THREADS.computeIfAbsent(kind, any -> new ReentrantLock());
        threads.lockInterruptibly();
        try (FileChannel channel = FileChannel.open(
                        directory.resolve(kind + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            Path target = directory.resolve(kind + "-" + version);
            if (!Files.exists(target.resolve(COMPLETE))) {
                Directories.delete(target); // an earlier attempt was cut short
                Files.createDirectories(target);
                maker.make(target);
                Files.createFile(target.resolve(COMPLETE));
            }
            Files.setLastModifiedTime(target.resolve(COMPLETE), FileTime.from(Instant.now()));
            deleteOld(kind);
            return target;
        } finally {
            threads.unlock();
        }
    }

    private void deleteOld(String kind) throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> directories = Files.list(directory)) {
            newestFirst = directories
                    .filter(path -> path.getFileName().toString().startsWith(kind + "-") && Files.isDirectory(path))
                    .sorted(Comparator.comparing(Cache::used).reversed())
                    .toList();
        }
        for (Path old : newestFirst.subList(Math.min(KEPT_OF_A_KIND, newestFirst.size()), newestFirst.size())) {
            Directories.delete(old);
        }
    }

    private static FileTime used(Path directory) {
        try {
            Path complete = directory.resolve(COMPLETE);
            return Files.exists(complete) ? Files.getLastModifiedTime(complete) : FileTime.from(Instant.EPOCH);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
