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
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    private final SnapshotRecords records;
    private final Making making;
    private final ArchiveReader reader;
    private final AllRows rows;
    private final RowQuotas quotas;
    private final Families families;
    private final SnapshotStore store;
    private final OwnerScope scope;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Restoring(
            SnapshotRecords records,
            Making making,
            ArchiveReader reader,
            AllRows rows,
            RowQuotas quotas,
            Families families,
            SnapshotStore store,
            OwnerScope scope,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.records = records;
        this.making = making;
        this.reader = reader;
        this.rows = rows;
        this.quotas = quotas;
        this.families = families;
        this.store = store;
        this.scope = scope;
        this.jdbc = jdbc;
        transaction = new TransactionTemplate(transactions);
    }

    /** Never throws: what goes wrong is told of the snapshot, and then nothing is changed. */
    void restore(UUID id, RestoreMode mode) {
        try {
            records.startRestore(id);
            Path archive = store.path(scope.current().id(), id);
            requireUnchanged(archive, records.get(id).sha256());
            transaction.executeWithoutResult(status -> restore(id, archive, mode));
            records.forgetOldUndo().forEach(old -> store.delete(scope.current().id(), old));
        } catch (RuntimeException e) {
            records.restoreFailed(id, Making.codeOf(e));
        }
    }

    private void restore(UUID id, Path archive, RestoreMode mode) {
        jdbc.sql("select public.hold_writes()").query().listOfRows();
        UUID undo = records.startUndo();
        records.undo(id, undo);
        try {
            making.archive(undo);
        } catch (RuntimeException e) {
            records.failed(undo, Making.codeOf(e));
            throw e;
        }
        Progress progress = new Progress(done -> records.restoreProgress(id, done));
        quotas.hold(() -> bring(archive, mode, progress));
        records.restored(id, progress.total());
    }

    private void bring(Path archive, RestoreMode mode, Progress progress) {
        if (mode == RestoreMode.REPLACE) {
            List<Table<?, ?>> childrenFirst = new ArrayList<>(families.parentsFirst());
            Collections.reverse(childrenFirst);
            childrenFirst.forEach(rows::delete);
        }
        reader.restore(archive, mode, progress);
    }

    /** What lies in a store may have been changed there. */
    private static void requireUnchanged(Path archive, @Nullable String sha256) {
        try {
            if (!Sha256Digest.of(archive).equals(sha256)) {
                throw new ProblemException(ErrorCode.SNAPSHOT_CHECKSUM_WRONG);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
