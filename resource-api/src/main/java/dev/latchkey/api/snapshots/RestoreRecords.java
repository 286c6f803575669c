package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is known of the last restore of each of an owner's snapshots. Each method is a transaction of its own, as in {@link SnapshotRecords}. */
@Component
@Transactional(propagation = Propagation.REQUIRES_NEW)
class RestoreRecords {

    private final JdbcClient jdbc;
    private final SnapshotViews views;
    private final SnapshotRecords records;

    RestoreRecords(JdbcClient jdbc, SnapshotViews views, SnapshotRecords records) {
        this.jdbc = jdbc;
        this.views = views;
        this.records = records;
    }

    /**
     * A restore of it that is to be done, in the caller's transaction.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#SNAPSHOT_NOT_READY}, {@link ErrorCode#SNAPSHOT_UNDER_WAY}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void queue(UUID id, RestoreMode mode) {
        views.getReady(id);
        records.requireIdle();
        jdbc.sql("""
                        update snapshots set restore_state = 'queued', restore_mode = ?, restore_error_code = null, restore_rows_done = 0,
                          undo_id = null, restored_at = null, alive_at = now()
                        where id = ?""").params(mode.toString(), id).update();
    }

    public void start(UUID id) {
        jdbc.sql("update snapshots set restore_state = 'running', alive_at = now() where id = ?")
                .param(id)
                .update();
    }

    public void progress(UUID id, long rows) {
        jdbc.sql("update snapshots set restore_rows_done = ?, alive_at = now() where id = ?")
                .params(rows, id)
                .update();
    }

    public void undo(UUID id, UUID undo) {
        jdbc.sql("update snapshots set undo_id = ? where id = ?")
                .params(undo, id)
                .update();
    }

    /** In the transaction that restores: it is done if and only if that is committed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void done(UUID id, long rows) {
        jdbc.sql("update snapshots set restore_state = 'done', restore_rows_done = ?, restored_at = now() where id = ?")
                .params(rows, id)
                .update();
    }

    /**
     * Unless it is done: what comes after the commit takes nothing back, and a commit of which nobody heard is waited for. Nothing was
     * changed then, so what would have undone it is forgotten.
     *
     * @return that snapshot, whose archive may be there
     */
    public Optional<UUID> failed(UUID id, String code) {
        Optional<UUID> undo = jdbc.sql("""
                        delete from snapshots where id = (
                          select undo_id from snapshots where id = ? and restore_state in ('queued', 'running') for update)
                        returning id""").param(id).query(UUID.class).optional();
        jdbc.sql("""
                        update snapshots set restore_state = 'failed', restore_error_code = ?, restored_at = now(), undo_id = null
                        where id = ? and restore_state in ('queued', 'running')""").params(code, id).update();
        return undo;
    }
}
