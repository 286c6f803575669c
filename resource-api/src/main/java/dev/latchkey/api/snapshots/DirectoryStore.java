package dev.latchkey.api.snapshots;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** A directory for each owner. */
final class DirectoryStore implements SnapshotStore {

    private final Path root;

    DirectoryStore(SnapshotSettings settings) {
        root = settings.directory().toAbsolutePath();
    }

    @Override
    public void keep(Path draft, String owner, UUID id) {
        Path archive = path(owner, id);
        try {
            Files.createDirectories(archive.getParent());
            Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Resource content(String owner, UUID id, long size) {
        return new FileSystemResource(path(owner, id));
    }

    @Override
    public void delete(String owner, UUID id) {
        try {
            Files.deleteIfExists(path(owner, id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void each(Consumer<Kept> consumer) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> owners = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path owner : owners) {
                each(owner, consumer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void each(Path directory, Consumer<Kept> consumer) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                StoredName name = StoredName.parse(
                        directory.getFileName().toString(), file.getFileName().toString());
                if (name == null) {
                    continue;
                }
                Instant at = lastModified(file);
                if (at != null) {
                    consumer.accept(new Kept(name.owner(), name.id(), at));
                }
            }
        }
    }

    /** Null if it has been deleted meanwhile. */
    private static @Nullable Instant lastModified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private Path path(String owner, UUID id) {
        StoredName name = new StoredName(owner, id);
        return root.resolve(name.directory()).resolve(name.file());
    }
}
