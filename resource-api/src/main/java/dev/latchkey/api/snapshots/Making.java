package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Sha256Digest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.Problems;
import dev.latchkey.rowsecurity.OwnerScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the archive of a snapshot. */
@Component
final class Making {

    private static final Logger log = LoggerFactory.getLogger(Making.class);

    private final SnapshotRecords records;
    private final ArchiveWriter writer;
    private final Drafts drafts;
    private final SnapshotStore store;
    private final SnapshotMetrics metrics;
    private final OwnerScope scope;
    private final TransactionTemplate asOfOneMoment;

    Making(
            SnapshotRecords records,
            ArchiveWriter writer,
            Drafts drafts,
            SnapshotStore store,
            SnapshotMetrics metrics,
            OwnerScope scope,
            PlatformTransactionManager transactions) {
        this.records = records;
        this.writer = writer;
        this.drafts = drafts;
        this.store = store;
        this.metrics = metrics;
        this.scope = scope;
        asOfOneMoment = new TransactionTemplate(transactions);
        asOfOneMoment.setReadOnly(true);
        asOfOneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Never throws: what goes wrong is told of the snapshot. */
    void make(UUID id) {
        long start = System.nanoTime();
        try {
            records.start(id);
            archive(id);
            metrics.made(true, System.nanoTime() - start);
        } catch (RuntimeException e) {
            metrics.made(false, System.nanoTime() - start);
            records.failed(id, codeOf(e));
        }
    }

    /** In the caller's transaction, if there is one, so that it may hold what the caller holds off. */
    void archive(UUID id) {
        Path draft = drafts.create();
        try {
            records.counted(id, Objects.requireNonNull(asOfOneMoment.execute(transaction -> writer.count())));
            long rows = Objects.requireNonNull(asOfOneMoment.execute(transaction -> {
                Progress progress = new Progress(done -> records.progress(id, done));
                writer.write(draft, progress);
                return progress.total();
            }));
            long size = Files.size(draft);
            String sha256 = Sha256Digest.of(draft);
            String owner = scope.current().id();
            store.keep(draft, owner, id);
            if (!records.ready(id, rows, size, sha256)) {
                store.delete(owner, id);
            }
            metrics.kept(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            drafts.discard(draft);
        }
    }

    static String codeOf(RuntimeException e) {
        ErrorCode code = Problems.codeOf(e);
        if (code.status().is5xxServerError()) {
            log.error("A snapshot failed", e);
        }
        return code.code();
    }
}
