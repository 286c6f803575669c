package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Uuid;
import dev.latchkey.api.page.Page;
import dev.latchkey.api.page.PageRequest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.rowsecurity.OwnerScope;
import jakarta.validation.Valid;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = SnapshotSettings.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class SnapshotsController {

    static final String ZIP = "application/zip";

    private final SnapshotViews views;
    private final SnapshotRecords records;
    private final RestoreRecords restores;
    private final SnapshotJobs jobs;
    private final Making making;
    private final Restoring restoring;
    private final Uploads uploads;
    private final SnapshotStore store;
    private final OwnerScope scope;

    SnapshotsController(
            SnapshotViews views,
            SnapshotRecords records,
            RestoreRecords restores,
            SnapshotJobs jobs,
            Making making,
            Restoring restoring,
            Uploads uploads,
            SnapshotStore store,
            OwnerScope scope) {
        this.views = views;
        this.records = records;
        this.restores = restores;
        this.jobs = jobs;
        this.making = making;
        this.restoring = restoring;
        this.uploads = uploads;
        this.store = store;
        this.scope = scope;
    }

    @GetMapping
    Page<SnapshotView> list(PageRequest page) {
        return views.list(page);
    }

    @GetMapping("/{id}")
    SnapshotView read(@PathVariable("id") String id) {
        return views.get(Uuid.parameter("id", id));
    }

    @PostMapping
    ResponseEntity<SnapshotView> make() {
        UUID id = records.queue();
        jobs.submit(id, () -> making.make(id), records::failed);
        return ResponseEntity.accepted().location(at(id)).body(views.get(id));
    }

    @PostMapping(path = SnapshotSettings.UPLOAD, consumes = ZIP)
    ResponseEntity<SnapshotView> upload(InputStream archive) throws IOException {
        UUID id = uploads.take(archive);
        return ResponseEntity.created(at(id)).body(views.get(id));
    }

    @PostMapping(path = "/{id}/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SnapshotView> restore(@PathVariable("id") String id, @Valid @RequestBody RestoreRequest request) {
        UUID snapshot = Uuid.parameter("id", id);
        restores.queue(snapshot, request.mode());
        jobs.submit(snapshot, () -> restoring.restore(snapshot, request.mode()), restores::failed);
        return ResponseEntity.accepted().location(at(snapshot)).body(views.get(snapshot));
    }

    /** The archive, or parts of it (RFC 9110 §14). It never changes. */
    @GetMapping(path = "/{id}/content", produces = ZIP)
    ResponseEntity<Resource> content(@PathVariable("id") String id) {
        SnapshotView snapshot = views.getReady(Uuid.parameter("id", id));
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

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable("id") String id) {
        UUID snapshot = Uuid.parameter("id", id);
        records.delete(snapshot);
        store.delete(scope.current().id(), snapshot);
    }

    private static URI at(UUID id) {
        return URI.create(SnapshotSettings.PATH + "/" + id);
    }
}
