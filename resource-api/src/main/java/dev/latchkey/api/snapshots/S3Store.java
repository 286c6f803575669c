package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;

/** Archives in a bucket, with the names that they have in a directory. */
final class S3Store implements SnapshotStore, AutoCloseable {

    /** Bytes. S3 takes no more in one piece. */
    static final long LARGEST = 5L * 1024 * 1024 * 1024;

    private final Bucket bucket;

    S3Store(Bucket bucket) {
        this.bucket = bucket;
    }

    /** @throws ProblemException also {@link ErrorCode#SNAPSHOT_TOO_LARGE} */
    @Override
    public void keep(Path draft, String owner, UUID id) {
        long size = size(draft);
        if (size > LARGEST) {
            throw new ProblemException(ErrorCode.SNAPSHOT_TOO_LARGE);
        }
        bucket.put(key(owner, id), draft, size, SnapshotsController.ZIP);
    }

    @Override
    public Resource content(String owner, UUID id, long size) {
        return new Content(key(owner, id), size);
    }

    @Override
    public void delete(String owner, UUID id) {
        bucket.delete(key(owner, id));
    }

    @Override
    public void each(Consumer<Kept> consumer) {
        bucket.each((key, at) -> {
            int slash = key.indexOf('/');
            StoredName name = slash < 0 ? null : StoredName.parse(key.substring(0, slash), key.substring(slash + 1));
            if (name != null) {
                consumer.accept(new Kept(name.owner(), name.id(), at));
            }
        });
    }

    @Override
    public void close() {
        bucket.close();
    }

    private static String key(String owner, UUID id) {
        StoredName name = new StoredName(owner, id);
        return name.directory() + "/" + name.file();
    }

    private static long size(Path draft) {
        try {
            return Files.size(draft);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Content extends AbstractResource {

        private final String key;
        private final long size;

        Content(String key, long size) {
            this.key = key;
            this.size = size;
        }

        @Override
        public boolean exists() {
            return bucket.has(key, size);
        }

        @Override
        public boolean isReadable() {
            return exists();
        }

        @Override
        public long contentLength() {
            return size;
        }

        @Override
        public InputStream getInputStream() {
            return new SkippingStream(size, from -> bucket.read(key, from));
        }

        @Override
        public String getDescription() {
            return "an archive of the store";
        }
    }
}
