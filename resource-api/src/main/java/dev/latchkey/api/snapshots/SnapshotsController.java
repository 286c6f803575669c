package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Uuid;
import dev.latchkey.api.page.Page;
import dev.latchkey.api.page.PageRequest;
import dev.latchkey.api.receipts.Idempotency;
import dev.latchkey.rowsecurity.OwnerScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
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
    private final Idempotency idempotency;
    private final SnapshotJobs jobs;
    private final Making making;
    private final Restoring restoring;
    private final Uploads uploads;
    private final SnapshotStore store;
    private final Downloads downloads;
    private final ReadyMail mail;
    private final OwnerScope scope;

    SnapshotsController(
            SnapshotViews views,
            SnapshotRecords records,
            RestoreRecords restores,
            Idempotency idempotency,
            SnapshotJobs jobs,
            Making making,
            Restoring restoring,
            Uploads uploads,
            SnapshotStore store,
            Downloads downloads,
            ReadyMail mail,
            OwnerScope scope) {
        this.views = views;
        this.records = records;
        this.restores = restores;
        this.idempotency = idempotency;
        this.jobs = jobs;
        this.making = making;
        this.restoring = restoring;
        this.uploads = uploads;
        this.store = store;
        this.downloads = downloads;
        this.mail = mail;
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
    @Transactional
    ResponseEntity<SnapshotView> make(
            @AuthenticationPrincipal Jwt caller,
            @RequestHeader(name = Idempotency.KEY, required = false) @Nullable String key) {
        return idempotency.once(key, new Asked(SnapshotSettings.PATH, null), () -> {
            UUID id = records.queue();
            String subject = caller.getSubject();
            jobs.submit(id, () -> {
                making.make(id);
                mail.tell(id, subject);
            });
            return accepted(id);
        });
    }

    @PostMapping(path = SnapshotSettings.UPLOAD, consumes = ZIP)
    ResponseEntity<SnapshotView> upload(
            InputStream archive, @RequestHeader(name = Idempotency.KEY, required = false) @Nullable String key)
            throws IOException {
        return uploads.take(archive, key);
    }

    @PostMapping(path = "/{id}/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Transactional
    ResponseEntity<SnapshotView> restore(
            @PathVariable("id") String id,
            @Valid @RequestBody RestoreRequest request,
            @RequestHeader(name = Idempotency.KEY, required = false) @Nullable String key) {
        UUID snapshot = Uuid.parameter("id", id);
        RestoreMode mode = request.mode();
        return idempotency.once(key, new Asked(SnapshotView.address(snapshot) + "/restore", mode), () -> {
            restores.queue(snapshot, mode);
            jobs.submit(snapshot, () -> restoring.restore(snapshot, mode));
            return accepted(snapshot);
        });
    }

    @GetMapping(path = "/{id}/content", produces = ZIP)
    ResponseEntity<Resource> content(@PathVariable("id") String id, HttpServletRequest request) {
        return downloads.of(Uuid.parameter("id", id), request);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable("id") String id) {
        UUID snapshot = Uuid.parameter("id", id);
        records.delete(snapshot);
        store.delete(scope.current().id(), snapshot);
    }

    private ResponseEntity<SnapshotView> accepted(UUID id) {
        return ResponseEntity.accepted().location(SnapshotView.address(id)).body(views.get(id));
    }
}
