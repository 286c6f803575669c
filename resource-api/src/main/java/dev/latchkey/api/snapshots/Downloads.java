package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.rowsecurity.OwnerScope;
import java.util.Objects;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Archives as answers. */
@Component
final class Downloads {

    private final SnapshotViews views;
    private final SnapshotStore store;
    private final OwnerScope scope;

    Downloads(SnapshotViews views, SnapshotStore store, OwnerScope scope) {
        this.views = views;
        this.store = store;
        this.scope = scope;
    }

    /**
     * The archive of the owner in scope, or parts of it (RFC 9110 §14). It never changes.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#SNAPSHOT_NOT_READY}, {@link ErrorCode#UNAVAILABLE}
     */
    ResponseEntity<Resource> of(UUID id) {
        SnapshotView snapshot = views.getReady(id);
        Resource archive = store.content(
                scope.current().id(), snapshot.id(), Objects.requireNonNull(snapshot.size(), "size of what is ready"));
        if (!archive.isReadable()) {
            // Kept on another machine, or a disk that is not there.
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
        return ResponseEntity.ok()
                .eTag("\"" + snapshot.sha256() + "\"")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("snapshot-" + snapshot.id() + ".zip")
                                .build()
                                .toString())
                .body(archive);
    }
}
