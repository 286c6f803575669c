package dev.latchkey.api.snapshots;

import dev.latchkey.api.entitlement.Quota;
import dev.latchkey.api.entitlement.Quotas;
import dev.latchkey.api.page.Cursor;
import dev.latchkey.api.page.Page;
import dev.latchkey.api.page.PageRequest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is known of an owner's snapshots. Each method is a transaction of its own, so that what a job tells of itself can be seen while it
 * runs. A job whose process has not told for two minutes that it is alive is shown as failed: whoever asks after a restart is not told to
 * wait for what nobody does any more.
 */
@Component
@Transactional(propagation = Propagation.REQUIRES_NEW)
class SnapshotRecords {

    private static final String ALIVE = "alive_at > now() - interval '2 minutes'";

    private static final String VIEW = """
            select id, kind, rows_done, rows_total, size, sha256, created_at, finished_at, restore_mode, restore_rows_done, undo_id, restored_at,
              case when state in ('queued', 'running') and not %1$s then 'failed' else state end as state,
              case when state in ('queued', 'running') and not %1$s then 'interrupted' else error_code end as error_code,
              case when restore_state in ('queued', 'running') and not %1$s then 'failed' else restore_state end as restore_state,
              case when restore_state in ('queued', 'running') and not %1$s then 'interrupted' else restore_error_code end as restore_error_code
            from snapshots\s""".formatted(ALIVE);

    private static final String UNDER_WAY = """
            exists (select from snapshots
              where (state in ('queued', 'running') or restore_state in ('queued', 'running')) and %s)""".formatted(ALIVE);

    /** How many an owner can have of those that are made or uploaded by hand, unless the tier says otherwise. */
    static final int MOST = 50;

    /** How many are kept of those that restores make. */
    static final int MOST_UNDO = 5;

    private final JdbcClient jdbc;
    private final Quotas quotas;

    SnapshotRecords(JdbcClient jdbc, Quotas quotas) {
        this.jdbc = jdbc;
        this.quotas = quotas;
    }

    @Transactional(readOnly = true, propagation = Propagation.REQUIRES_NEW)
    public Page<SnapshotView> list(PageRequest page) {
        OffsetDateTime after = page.after().updatedAt().atOffset(ZoneOffset.UTC);
        List<SnapshotView> found = jdbc.sql(VIEW
                        + "where created_at <= ? and (created_at < ? or id > ?) order by created_at desc, id limit ?")
                .params(after, after, page.after().id(), page.rows())
                .query(SnapshotRecords::view)
                .list();
        return Page.of(page, found, Function.identity(), view -> new Cursor(view.createdAt(), view.id()));
    }

    /**
     * The one of that id.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND}
     */
    @Transactional(readOnly = true, propagation = Propagation.REQUIRES_NEW)
    public SnapshotView get(UUID id) {
        return jdbc.sql(VIEW + "where id = ?")
                .param(id)
                .query(SnapshotRecords::view)
                .optional()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND));
    }

    /**
     * A new one that is to be made.
     *
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_UNDER_WAY}, {@link ErrorCode#SNAPSHOT_LIMIT}, {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public UUID queue() {
        requireIdle();
        requireRoom();
        return jdbc.sql("insert into snapshots (kind, state) values ('manual', 'queued') returning id")
                .query(UUID.class)
                .single();
    }

    /** One that a restore makes before it changes anything. */
    public UUID startUndo() {
        return jdbc.sql("insert into snapshots (kind, state) values ('before_restore', 'running') returning id")
                .query(UUID.class)
                .single();
    }

    /**
     * One whose archive is there already.
     *
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_LIMIT}, {@link ErrorCode#QUOTA_EXCEEDED}
     */
    public void add(UUID id, long rows, long size, String sha256) {
        requireRoom();
        jdbc.sql("""
                        insert into snapshots (id, kind, state, rows_done, rows_total, size, sha256, finished_at)
                        values (?, 'uploaded', 'ready', ?, ?, ?, ?, now())""").params(id, rows, rows, size, sha256).update();
    }

    public void start(UUID id) {
        jdbc.sql("update snapshots set state = 'running', alive_at = now() where id = ?")
                .param(id)
                .update();
    }

    public void counted(UUID id, long rows) {
        jdbc.sql("update snapshots set rows_total = ? where id = ?")
                .params(rows, id)
                .update();
    }

    public void progress(UUID id, long rows) {
        jdbc.sql("update snapshots set rows_done = ?, alive_at = now() where id = ?")
                .params(rows, id)
                .update();
    }

    public void alive(UUID id) {
        jdbc.sql("update snapshots set alive_at = now() where id = ?").param(id).update();
    }

    /** Whether it is there: it may have been deleted meanwhile. */
    public boolean ready(UUID id, long rows, long size, String sha256) {
        return jdbc.sql("""
                                update snapshots set state = 'ready', rows_done = ?, rows_total = ?, size = ?, sha256 = ?, finished_at = now()
                                where id = ?""").params(rows, rows, size, sha256, id).update() == 1;
    }

    public void failed(UUID id, String code) {
        jdbc.sql("update snapshots set state = 'failed', error_code = ?, finished_at = now() where id = ?")
                .params(code, id)
                .update();
    }

    /**
     * A restore of it that is to be done.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#SNAPSHOT_NOT_READY}, {@link ErrorCode#SNAPSHOT_UNDER_WAY}
     */
    public void queueRestore(UUID id, RestoreMode mode) {
        requireReady(id);
        requireIdle();
        jdbc.sql("""
                        update snapshots set restore_state = 'queued', restore_mode = ?, restore_error_code = null, restore_rows_done = 0,
                          undo_id = null, restored_at = null, alive_at = now()
                        where id = ?""").params(mode.toString(), id).update();
    }

    public void startRestore(UUID id) {
        jdbc.sql("update snapshots set restore_state = 'running', alive_at = now() where id = ?")
                .param(id)
                .update();
    }

    public void restoreProgress(UUID id, long rows) {
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
    public void restored(UUID id, long rows) {
        jdbc.sql("update snapshots set restore_state = 'done', restore_rows_done = ?, restored_at = now() where id = ?")
                .params(rows, id)
                .update();
    }

    public void restoreFailed(UUID id, String code) {
        jdbc.sql(
                        "update snapshots set restore_state = 'failed', restore_error_code = ?, restored_at = now() where id = ?")
                .params(code, id)
                .update();
    }

    /**
     * Forgets it.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#SNAPSHOT_UNDER_WAY} while it is restored
     */
    public void delete(UUID id) {
        Boolean busy = jdbc.sql(
                        "delete from snapshots where id = ? returning restore_state in ('queued', 'running') and "
                                + ALIVE)
                .param(id)
                .query((row, i) -> row.getBoolean(1))
                .optional()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND));
        if (busy) {
            throw new ProblemException(ErrorCode.SNAPSHOT_UNDER_WAY);
        }
    }

    /** Forgets all but the last of those that restores made, and tells which. */
    public List<UUID> forgetOldUndo() {
        return jdbc.sql("""
                        delete from snapshots where id in (
                          select id from snapshots where kind = 'before_restore' order by created_at desc, id offset ?)
                        returning id""").param(MOST_UNDO).query(UUID.class).list();
    }

    private void requireReady(UUID id) {
        if (!get(id).state().equals(SnapshotView.READY)) {
            throw new ProblemException(ErrorCode.SNAPSHOT_NOT_READY);
        }
    }

    private void requireIdle() {
        lock();
        if (jdbc.sql("select " + UNDER_WAY).query(Boolean.class).single()) {
            throw new ProblemException(ErrorCode.SNAPSHOT_UNDER_WAY);
        }
    }

    private void requireRoom() {
        lock();
        Quota quota = quotas.snapshots();
        long kept = jdbc.sql("select count(*) from snapshots where kind in ('manual', 'uploaded')")
                .query(Long.class)
                .single();
        if (kept >= (quota == null ? MOST : quota.limit())) {
            throw quota == null ? new ProblemException(ErrorCode.SNAPSHOT_LIMIT) : quota.exceeded();
        }
    }

    /** Two requests of one owner at the same moment would both see what was there before. */
    private void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('snapshots of ' || app.current_owner(), 0))")
                .query()
                .listOfRows();
    }

    private static SnapshotView view(ResultSet row, int number) throws SQLException {
        String restored = row.getString("restore_state");
        return new SnapshotView(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("state"),
                row.getString("error_code"),
                row.getLong("rows_done"),
                row.getObject("rows_total", Long.class),
                row.getObject("size", Long.class),
                row.getString("sha256"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "finished_at"),
                restored == null
                        ? null
                        : new SnapshotView.Restore(
                                restored,
                                row.getString("restore_mode"),
                                row.getString("restore_error_code"),
                                row.getLong("restore_rows_done"),
                                row.getObject("undo_id", UUID.class),
                                instant(row, "restored_at")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
