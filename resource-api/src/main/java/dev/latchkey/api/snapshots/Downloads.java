package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.rowsecurity.OwnerScope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.UUID;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
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
     * The archive of the owner in scope, or a part of it (RFC 9110 §14). It never changes. HEAD reads none of it, and who asks for several
     * parts at once gets the whole, as §14.2 allows: a few bytes here and there would have the store send all of it, again and again.
     *
     * @throws ProblemException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#SNAPSHOT_NOT_READY}, {@link ErrorCode#UNAVAILABLE}
     */
    ResponseEntity<Resource> of(UUID id, HttpServletRequest request) {
        SnapshotView snapshot = views.getReady(id);
        long size = Objects.requireNonNull(snapshot.size(), "size of what is ready");
        Resource archive = store.content(scope.current().id(), snapshot.id(), size);
        if (!archive.isReadable()) {
            // Kept on another machine, or a disk that is not there.
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .eTag("\"" + snapshot.sha256() + "\"")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("snapshot-" + snapshot.id() + ".zip")
                                .build()
                                .toString())
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .contentType(MediaType.valueOf(SnapshotsController.ZIP))
                .contentLength(size);
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            return answer.build();
        }
        String range = request.getHeader(HttpHeaders.RANGE);
        return answer.body(range != null && range.contains(",") ? new InputStreamResource(archive) : archive);
    }
}
