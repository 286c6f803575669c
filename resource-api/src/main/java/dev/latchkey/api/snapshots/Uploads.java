package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Sha256Digest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.rowsecurity.OwnerScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Takes archives from callers: read whole before they count. One of an owner at a time, and few at all, since they take disk and memory. */
@Component
final class Uploads {

    private static final int READ_AT_ONCE = 2;

    private final Set<String> owners = ConcurrentHashMap.newKeySet();
    private final Semaphore reading = new Semaphore(READ_AT_ONCE);
    private final SnapshotRecords records;
    private final ArchiveReader reader;
    private final Drafts drafts;
    private final SnapshotStore store;
    private final SnapshotMetrics metrics;
    private final OwnerScope scope;

    Uploads(
            SnapshotRecords records,
            ArchiveReader reader,
            Drafts drafts,
            SnapshotStore store,
            SnapshotMetrics metrics,
            OwnerScope scope) {
        this.records = records;
        this.reader = reader;
        this.drafts = drafts;
        this.store = store;
        this.metrics = metrics;
        this.scope = scope;
    }

    /**
     * Keeps the archive as a snapshot.
     *
     * @throws ProblemException as {@link ArchiveReader#validate}, {@link ErrorCode#SNAPSHOT_UNDER_WAY}, {@link ErrorCode#SNAPSHOT_LIMIT},
     *     {@link ErrorCode#UNAVAILABLE} if others are being read
     */
    UUID take(InputStream body) throws IOException {
        String owner = scope.current().id();
        if (!owners.add(owner)) {
            throw new ProblemException(ErrorCode.SNAPSHOT_UNDER_WAY);
        }
        try {
            Path draft = drafts.create();
            try {
                Files.copy(body, draft, StandardCopyOption.REPLACE_EXISTING);
                return keep(draft, validated(draft), owner);
            } finally {
                drafts.discard(draft);
            }
        } finally {
            owners.remove(owner);
        }
    }

    private Manifest validated(Path draft) {
        if (!reading.tryAcquire()) {
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
        try {
            return reader.validate(draft);
        } finally {
            reading.release();
        }
    }

    private UUID keep(Path draft, Manifest manifest, String owner) {
        UUID id = UUID.randomUUID();
        try {
            long size = Files.size(draft);
            String sha256 = Sha256Digest.of(draft);
            store.keep(draft, owner, id);
            records.add(id, manifest.rows(), size, sha256);
            metrics.kept(size);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            store.delete(owner, id);
            throw e;
        }
    }
}
