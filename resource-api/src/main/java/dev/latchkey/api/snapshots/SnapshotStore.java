package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Sha256Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Where archives are kept: a directory for each owner, named by a hash, so that nothing that a caller or a token says stands in a path.
 * An archive is there whole or not at all.
 */
@Component
final class SnapshotStore {

    private final Path root;

    SnapshotStore(SnapshotSettings settings) {
        root = settings.directory().toAbsolutePath();
    }

    /** A new empty file beside the archives, to be kept or deleted. */
    Path draft() {
        try {
            return Files.createTempFile(Files.createDirectories(root.resolve("drafts")), "snapshot", ".zip");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the draft the owner's archive of that id. */
    void keep(Path draft, String owner, UUID id) {
        Path archive = path(owner, id);
        try {
            Files.createDirectories(archive.getParent());
            Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String owner, UUID id) {
        return root.resolve(Sha256Digest.of(owner)).resolve(id + ".zip");
    }

    void delete(String owner, UUID id) {
        discard(path(owner, id));
    }

    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
