package dev.latchkey.api.works;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.document.Version;
import dev.latchkey.api.page.Cursor;
import dev.latchkey.api.page.Page;
import dev.latchkey.api.page.PageRequest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * The works of whoever the token speaks for. No method says whose: row security does. Arguments are read and checked before the
 * transaction begins, so a bad request costs no SQL.
 */
@RestController
@RequestMapping(path = "/v1/works", produces = MediaType.APPLICATION_JSON_VALUE)
@Transactional
class WorksController {

    private final WorkRepository works;
    private final Documents documents;

    WorksController(WorkRepository works, Documents documents) {
        this.works = works;
        this.documents = documents;
    }

    @GetMapping
    @Transactional(readOnly = true)
    Page<WorkView> list(PageRequest page) {
        var rows = works.newestAfter(page.after().updatedAt(), page.after().id(), page.rows());
        return Page.of(page, rows, WorkView::of, work -> new Cursor(work.updatedAt(), work.id()));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<WorkView> create(@Valid @RequestBody WorkFields fields) {
        Work work = works.saveAndFlush(new Work(fields));
        return ResponseEntity.created(URI.create("/v1/works/" + work.id()))
                .eTag(Version.etag(work.version()))
                .body(WorkView.of(work));
    }

    @GetMapping("/{id}")
    @Transactional(readOnly = true)
    ResponseEntity<WorkView> read(@PathVariable UUID id) {
        return shown(find(id));
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<WorkView> replace(
            @PathVariable UUID id, @Valid @RequestBody WorkFields fields, @RequestHeader HttpHeaders headers) {
        Work work = find(id);
        Version.check(work.version(), headers);
        return shown(changed(work, fields));
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {Documents.MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<WorkView> patch(
            @PathVariable UUID id, @RequestBody ObjectNode patch, @RequestHeader HttpHeaders headers) {
        Work work = find(id);
        Version.check(work.version(), headers);
        return shown(changed(work, documents.patched(work.fields(), patch, WorkFields.class)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, @RequestHeader HttpHeaders headers) {
        Work work = find(id);
        Version.check(work.version(), headers);
        works.delete(work);
    }

    private Work find(UUID id) {
        return works.findById(id).orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND));
    }

    private Work changed(Work work, WorkFields fields) {
        if (fields.id() != null && !fields.id().equals(work.id())) {
            throw new ProblemException(ErrorCode.INVALID_FIELD, FieldError.at("#/id", "must be the id of the address"));
        }
        work.replace(fields);
        return works.saveAndFlush(work);
    }

    private static ResponseEntity<WorkView> shown(Work work) {
        return ResponseEntity.ok().eTag(Version.etag(work.version())).body(WorkView.of(work));
    }
}
