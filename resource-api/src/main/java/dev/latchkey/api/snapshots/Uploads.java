package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Sha256Digest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.receipts.Idempotency;
import dev.latchkey.rowsecurity.OwnerScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes archives from callers: read whole before they count. One of an owner at a time, and few at all, since they take disk and memory. */
@Component
final class Uploads {

    private static final int READ_AT_ONCE = 2;

    private final Set<String> owners = ConcurrentHashMap.newKeySet();
    private final Semaphore reading = new Semaphore(READ_AT_ONCE);
    private final SnapshotRecords records;
    private final SnapshotViews views;
    private final Idempotency idempotency;
    private final ArchiveReader reader;
    private final Drafts drafts;
    private final SnapshotStore store;
    private final SnapshotMetrics metrics;
    private final OwnerScope scope;
    private final TransactionTemplate transaction;

    Uploads(
            SnapshotRecords records,
            SnapshotViews views,
            Idempotency idempotency,
            ArchiveReader reader,
            Drafts drafts,
            SnapshotStore store,
            SnapshotMetrics metrics,
            OwnerScope scope,
            PlatformTransactionManager transactions) {
        this.records = records;
        this.views = views;
        this.idempotency = idempotency;
        this.reader = reader;
        this.drafts = drafts;
        this.store = store;
        this.metrics = metrics;
        this.scope = scope;
        transaction = new TransactionTemplate(transactions);
    }

    /**
     * Keeps the archive as a snapshot.
     *
     * @param key of the request's header; the same archive with the same key is kept once
     * @throws ProblemException as {@link ArchiveReader#validate} and {@link Idempotency#once}, {@link ErrorCode#SNAPSHOT_UNDER_WAY},
     *     {@link ErrorCode#SNAPSHOT_LIMIT}, {@link ErrorCode#UNAVAILABLE} if others are being read
     */
    ResponseEntity<SnapshotView> take(InputStream body, @Nullable String key) throws IOException {
        String owner = scope.current().id();
        if (!owners.add(owner)) {
            throw new ProblemException(ErrorCode.SNAPSHOT_UNDER_WAY);
        }
        try {
            Path draft = drafts.create();
            try {
                Drafts.fill(draft, body);
                return keep(draft, validated(draft), owner, key);
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

    private ResponseEntity<SnapshotView> keep(Path draft, Manifest manifest, String owner, @Nullable String key) {
        UUID id = UUID.randomUUID();
        boolean recorded = false;
        try {
            long size = Files.size(draft);
            String sha256 = Sha256Digest.of(draft);
            // Before the transaction: a store may be slow, and connections are few.
            store.keep(draft, owner, id);
            Supplier<ResponseEntity<SnapshotView>> adding = () -> {
                records.add(id, manifest.rows(), size, sha256);
                return ResponseEntity.created(SnapshotView.address(id)).body(views.get(id));
            };
            ResponseEntity<SnapshotView> answer = Objects.requireNonNull(transaction.execute(
                    status -> idempotency.once(key, new Asked(SnapshotSettings.UPLOAD_PATH, sha256), adding)));
            recorded = SnapshotView.address(id).equals(answer.getHeaders().getLocation());
            if (recorded) {
                metrics.kept(size);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!recorded) {
                store.delete(owner, id);
            }
        }
    }
}
