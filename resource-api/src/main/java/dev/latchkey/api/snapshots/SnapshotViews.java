package dev.latchkey.api.snapshots;

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
import org.springframework.transaction.annotation.Transactional;

/**
 * An owner's snapshots as the API shows them. A job whose process has not told for two minutes that it is alive is shown as failed: whoever
 * asks after a restart is not told to wait for what nobody does any more.
 */
@Component
@Transactional(readOnly = true)
class SnapshotViews {

    /** SQL: whether somebody works at what is under way. */
    static final String ALIVE = "alive_at > now() - interval '2 minutes'";

    private static final String VIEW = """
            select id, kind, rows_done, rows_total, size, sha256, created_at, finished_at, restore_mode, restore_rows_done, undo_id, restored_at,
              case when state in ('queued', 'running') and not %1$s then 'failed' else state end as state,
              case when state in ('queued', 'running') and not %1$s then 'interrupted' else error_code end as error_code,
              case when restore_state in ('queued', 'running') and not %1$s then 'failed' else restore_state end as restore_state,
              case when restore_state in ('queued', 'running') and not %1$s then 'interrupted' else restore_error_code end as restore_error_code
            from snapshots\s""".formatted(ALIVE);

    private final JdbcClient jdbc;

    SnapshotViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Page<SnapshotView> list(PageRequest page) {
        OffsetDateTime after = page.after().updatedAt().atOffset(ZoneOffset.UTC);
        List<SnapshotView> found = jdbc.sql(VIEW
                        + "where created_at <= ? and (created_at < ? or id > ?) order by created_at desc, id limit ?")
                .params(after, after, page.after().id(), page.rows())
                .query(SnapshotViews::view)
                .list();
        return Page.of(page, found, Function.identity(), view -> new Cursor(view.createdAt(), view.id()));
    }

    /**
     * The one of that id.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND}
     */
    public SnapshotView get(UUID id) {
        return jdbc.sql(VIEW + "where id = ?")
                .param(id)
                .query(SnapshotViews::view)
                .optional()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND));
    }

    /**
     * The archive of that id can be read.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#SNAPSHOT_NOT_READY}
     */
    public SnapshotView getReady(UUID id) {
        SnapshotView found = get(id);
        if (!found.state().equals(SnapshotView.READY)) {
            throw new ProblemException(ErrorCode.SNAPSHOT_NOT_READY);
        }
        return found;
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
