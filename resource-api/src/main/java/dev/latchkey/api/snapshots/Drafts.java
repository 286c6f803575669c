package dev.latchkey.api.snapshots;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Archives that are being made, taken or read. */
@Component
final class Drafts {

    private final Path directory;

    Drafts(SnapshotSettings settings) {
        directory = settings.directory().toAbsolutePath().resolve("drafts");
    }

    /** A new empty file, on the disk of the archives, to be kept or discarded. */
    Path create() {
        try {
            return Files.createTempFile(Files.createDirectories(directory), "snapshot", ".zip");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Discards those that were last written before then. */
    void discardFrom(Instant before) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> drafts = Files.list(directory)) {
            for (Path draft : (Iterable<Path>) drafts::iterator) {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
                    discard(draft);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
