package dev.latchkey.api.snapshots;

import dev.latchkey.api.entitlement.Quota;
import dev.latchkey.api.entitlement.Quotas;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is known of the making of an owner's snapshots. Each method is a transaction of its own unless it says otherwise, so that what a job
 * tells of itself can be seen while it runs.
 */
@Component
@Transactional(propagation = Propagation.REQUIRES_NEW)
class SnapshotRecords {

    private static final String UNDER_WAY = """
            exists (select from snapshots
              where (state in ('queued', 'running') or restore_state in ('queued', 'running')) and %s)""".formatted(SnapshotViews.ALIVE);

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

    /**
     * A new one that is to be made, in the caller's transaction.
     *
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_UNDER_WAY}, {@link ErrorCode#SNAPSHOT_LIMIT}, {@link ErrorCode#QUOTA_EXCEEDED}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID queue() {
        requireIdle();
        requireRoom();
        return jdbc.sql("insert into snapshots (kind, state) values ('manual', 'queued') returning id")
                .query(UUID.class)
                .single();
    }

    /**
     * A new one that is to be made at once, because it is time.
     *
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_UNDER_WAY}
     */
    public UUID startScheduled() {
        requireIdle();
        return jdbc.sql("insert into snapshots (kind, state) values ('scheduled', 'running') returning id")
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
     * One whose archive is there already, in the caller's transaction.
     *
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_LIMIT}, {@link ErrorCode#QUOTA_EXCEEDED}
     */
    @Transactional(propagation = Propagation.MANDATORY)
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

    /** Unless it is ready: its archive is kept then, whatever went wrong afterwards. */
    public void failed(UUID id, String code) {
        jdbc.sql("""
                        update snapshots set state = 'failed', error_code = ?, finished_at = now()
                        where id = ? and state in ('queued', 'running')""").params(code, id).update();
    }

    /**
     * Forgets it.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#SNAPSHOT_UNDER_WAY} while it is restored
     */
    public void delete(UUID id) {
        Boolean busy = jdbc.sql(
                        "delete from snapshots where id = ? returning restore_state in ('queued', 'running') and "
                                + SnapshotViews.ALIVE)
                .param(id)
                .query((row, i) -> row.getBoolean(1))
                .optional()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND));
        if (busy) {
            throw new ProblemException(ErrorCode.SNAPSHOT_UNDER_WAY);
        }
    }

    /** Forgets those that restores made, but for the last that were made or restored, and what became of none, and tells which. */
    public List<UUID> forgetOldUndo() {
        return jdbc.sql("""
                        delete from snapshots where kind = 'before_restore' and id not in (
                          select id from snapshots where kind = 'before_restore' and state = 'ready'
                          order by greatest(created_at, restored_at) desc, id limit ?)
                        returning id""").param(MOST_UNDO).query(UUID.class).list();
    }

    /**
     * Forgets all but the last of those that were made by schedule, and what became of none, and tells which. One that is being restored
     * stays.
     *
     * @param kept how many stay
     */
    public List<UUID> forgetOldScheduled(int kept) {
        return jdbc.sql("""
                        delete from snapshots where kind = 'scheduled' and coalesce(restore_state, '') not in ('queued', 'running')
                        and id not in (select id from snapshots where kind = 'scheduled' and state = 'ready' order by created_at desc, id limit ?)
                        and (state not in ('queued', 'running') or not %s)
                        returning id""".formatted(SnapshotViews.ALIVE))
                .param(kept)
                .query(UUID.class)
                .list();
    }

    /** Those of the ids that are there, ready or not. */
    @Transactional(readOnly = true, propagation = Propagation.REQUIRES_NEW)
    public Set<UUID> known(Collection<UUID> ids) {
        return Set.copyOf(jdbc.sql("select id from snapshots where id = any(?)")
                .param(ids.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }

    /** Whether the owner has any. */
    @Transactional(readOnly = true, propagation = Propagation.REQUIRES_NEW)
    public boolean any() {
        return jdbc.sql("select exists (select from snapshots)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Whether rows were changed since the last snapshot of them, as far as the trail tells. The ten minutes: a change is recorded when it is
     * made, and seen when its transaction ends.
     */
    @Transactional(readOnly = true, propagation = Propagation.REQUIRES_NEW)
    public boolean isChanged() {
        return jdbc.sql("""
                        select last.at is null or exists (
                          select from audit where audit.at > last.at - interval '10 minutes' and table_name <> 'snapshots')
                        from (select max(created_at) as at from snapshots where state = 'ready' and kind <> 'uploaded') last""").query(Boolean.class).single();
    }

    /**
     * Nothing else is under way for the owner, nor begins before the caller's transaction ends.
     *
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_UNDER_WAY}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void requireIdle() {
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
}
