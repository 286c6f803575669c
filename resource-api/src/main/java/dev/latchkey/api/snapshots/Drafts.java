package dev.latchkey.api.snapshots;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Archives that are being made, taken or read. */
@Component
final class Drafts {

    private final Path directory;

    /** Those of this process that are in use, however long that takes. */
    private final Set<Path> used = ConcurrentHashMap.newKeySet();

    Drafts(SnapshotSettings settings) {
        directory = settings.directory().toAbsolutePath().resolve("drafts");
    }

    /** A new empty file, on the disk of the archives, to be kept or discarded. */
    Path create() {
        try {
            Path draft = Files.createTempFile(Files.createDirectories(directory), "snapshot", ".zip");
            used.add(draft);
            return draft;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes into the file that is there, which nobody else may read: {@code Files.copy} would make another one. */
    static void fill(Path draft, InputStream bytes) throws IOException {
        try (OutputStream file = Files.newOutputStream(draft)) {
            bytes.transferTo(file);
        }
    }

    void discard(Path draft) {
        used.remove(draft);
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Discards those that nobody here uses and that were last written before then. How many. */
    int discardFrom(Instant before) {
        int discarded = 0;
        if (!Files.isDirectory(directory)) {
            return discarded;
        }
        try (Stream<Path> drafts = Files.list(directory)) {
            for (Path draft : (Iterable<Path>) drafts::iterator) {
                if (!used.contains(draft) && isOlder(draft, before)) {
                    discard(draft);
                    discarded++;
                }
            }
            return discarded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOlder(Path draft, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(draft).toInstant().isBefore(before);
        } catch (NoSuchFileException e) {
            // Discarded by whoever used it, since it was listed.
            return false;
        }
    }
}
