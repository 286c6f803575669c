package dev.latchkey.api.snapshots;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as the API shows it.
 *
 * @param kind {@code manual}, {@code before_restore} or {@code uploaded}
 * @param state {@code queued}, {@code running}, {@code ready} or {@code failed}
 * @param errorCode why it has failed
 * @param rowsTotal null until they are counted
 * @param size bytes of the archive
 * @param sha256 of the archive
 * @param restore null until it is restored for the first time
 */
record SnapshotView(
        UUID id,
        String kind,
        String state,
        @Nullable String errorCode,
        long rowsDone,
        @Nullable Long rowsTotal,
        @Nullable Long size,
        @Nullable String sha256,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable Restore restore) {

    static final String READY = "ready";

    static URI address(UUID id) {
        return URI.create(SnapshotSettings.PATH + "/" + id);
    }

    /**
     * The last time that the owner's rows were brought back from it.
     *
     * @param state {@code queued}, {@code running}, {@code done} or {@code failed}; failed: nothing was changed
     * @param undoId the snapshot that was made just before; null until then
     */
    record Restore(
            String state,
            String mode,
            @Nullable String errorCode,
            long rowsDone,
            @Nullable UUID undoId,
            @Nullable Instant finishedAt) {}
}
