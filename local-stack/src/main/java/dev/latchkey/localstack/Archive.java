package dev.latchkey.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks tar archives with their executable bits and links. */
final class Archive {

    private static final int OWNER_MAY_EXECUTE = 0100;

    private Archive() {}

    /**
     * Unpacks everything.
     *
     * @param strip how many leading directories of each name to leave out
     * @param tick called now and then
     */
    static void unpack(InputStream tar, Path target, int strip, Runnable tick) throws IOException {
        try (TarArchiveInputStream entries = new TarArchiveInputStream(tar)) {
            TarArchiveEntry entry;
            while ((entry = entries.getNextEntry()) != null) {
                Optional<Path> place = place(entry.getName(), target, strip);
                if (place.isPresent()) {
                    write(entry, entries, place.get());
                }
                tick.run();
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path place) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(place);
            return;
        }
        Files.createDirectories(place.getParent());
        if (entry.isSymbolicLink() || entry.isLink()) {
            Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, place);
        if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0 && !place.toFile().setExecutable(true, false)) {
            throw new IOException(place + " cannot be made executable");
        }
    }

    private static Optional<Path> place(String name, Path target, int strip) throws IOException {
        Path relative = Path.of(name).normalize();
        if (relative.getNameCount() <= strip || relative.toString().isEmpty()) {
            return Optional.empty();
        }
        Path place =
                target.resolve(relative.subpath(strip, relative.getNameCount())).normalize();
        if (!place.startsWith(target)) {
            throw new IOException("The archive has an entry outside of itself: " + name);
        }
        return Optional.of(place);
    }
}
