package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Sha256Digest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.table.AllRows;
import dev.latchkey.api.table.Families;
import dev.latchkey.api.table.RowQuotas;
import dev.latchkey.api.table.Table;
import dev.latchkey.rowsecurity.OwnerScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings an owner's rows back, all of them or none. From before the snapshot that undoes it until the end nobody else can write: what that
 * snapshot has is what is replaced.
 */
@Component
final class Restoring {

    private static final Logger log = LoggerFactory.getLogger(Restoring.class);

    private final SnapshotViews views;
    private final SnapshotRecords records;
    private final RestoreRecords restores;
    private final Making making;
    private final ArchiveReader reader;
    private final AllRows rows;
    private final RowQuotas quotas;
    private final Families families;
    private final Drafts drafts;
    private final SnapshotStore store;
    private final SnapshotMetrics metrics;
    private final OwnerScope scope;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Restoring(
            SnapshotViews views,
            SnapshotRecords records,
            RestoreRecords restores,
            Making making,
            ArchiveReader reader,
            AllRows rows,
            RowQuotas quotas,
            Families families,
            Drafts drafts,
            SnapshotStore store,
            SnapshotMetrics metrics,
            OwnerScope scope,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.views = views;
        this.records = records;
        this.restores = restores;
        this.making = making;
        this.reader = reader;
        this.rows = rows;
        this.quotas = quotas;
        this.families = families;
        this.drafts = drafts;
        this.store = store;
        this.metrics = metrics;
        this.scope = scope;
        this.jdbc = jdbc;
        transaction = new TransactionTemplate(transactions);
    }

    /** Never throws: what goes wrong is told of the snapshot, and then nothing is changed. */
    void restore(UUID id, RestoreMode mode) {
        long start = System.nanoTime();
        try {
            restores.start(id);
            fetchAndRestore(id, mode);
            metrics.restored(true, System.nanoTime() - start);
            deleteArchives(records.forgetOldUndo());
        } catch (RuntimeException e) {
            metrics.restored(false, System.nanoTime() - start);
            deleteArchives(restores.failed(id, Making.codeOf(e)).stream().toList());
        }
    }

    private void fetchAndRestore(UUID id, RestoreMode mode) {
        Path archive = drafts.create();
        try {
            fetch(views.getReady(id), archive);
            transaction.executeWithoutResult(status -> restore(id, archive, mode));
        } finally {
            drafts.discard(archive);
        }
    }

    /** What the store does not delete, the sweep does: whatever became of the restore is on record. */
    private void deleteArchives(List<UUID> forgotten) {
        String owner = scope.current().id();
        try {
            forgotten.forEach(undo -> store.delete(owner, undo));
        } catch (RuntimeException e) {
            log.warn(
                    "Not all archives that undo restores were deleted that are no longer needed: {}",
                    NestedExceptionUtils.getMostSpecificCause(e).getClass().getName());
        }
    }

    private void restore(UUID id, Path archive, RestoreMode mode) {
        // While the store keeps what undoes it, this transaction is idle, which the role's own limit takes for a caller
        // that is lost.
        jdbc.sql("select public.hold_writes(), set_config('idle_in_transaction_session_timeout', ?, true)")
                .param(String.valueOf(SnapshotStore.LONGEST_KEEP.toMillis()))
                .query()
                .listOfRows();
        UUID undo = records.startUndo();
        restores.undo(id, undo);
        try {
            making.archive(undo);
        } catch (RuntimeException e) {
            records.failed(undo, Making.codeOf(e));
            throw e;
        }
        Progress progress = new Progress(done -> restores.progress(id, done));
        quotas.hold(() -> bring(archive, mode, progress));
        restores.done(id, progress.total());
    }

    private void bring(Path archive, RestoreMode mode, Progress progress) {
        if (mode == RestoreMode.REPLACE) {
            List<Table<?, ?>> childrenFirst = new ArrayList<>(families.parentsFirst());
            Collections.reverse(childrenFirst);
            childrenFirst.forEach(rows::delete);
        }
        reader.restore(archive, mode, progress);
    }

    /** What lies in a store may have been changed there; what is checked is what is read. */
    private void fetch(SnapshotView snapshot, Path archive) {
        Resource content = store.content(
                scope.current().id(), snapshot.id(), Objects.requireNonNull(snapshot.size(), "size of what is ready"));
        if (!content.isReadable()) {
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
        try (InputStream bytes = content.getInputStream()) {
            Drafts.fill(archive, bytes);
            if (!Sha256Digest.of(archive).equals(snapshot.sha256())) {
                throw new ProblemException(ErrorCode.SNAPSHOT_CHECKSUM_WRONG);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
