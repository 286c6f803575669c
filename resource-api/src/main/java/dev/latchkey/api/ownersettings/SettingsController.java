package dev.latchkey.api.ownersettings;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.document.Version;
import dev.latchkey.api.table.Rows;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The document is always there: empty, and of version 0, until it is first written. */
@RestController
@RequestMapping(path = "/v1/settings", produces = MediaType.APPLICATION_JSON_VALUE)
@Transactional
class SettingsController {

    private final SettingsTable table;
    private final Rows rows;
    private final Documents documents;

    SettingsController(SettingsTable table, Rows rows, Documents documents) {
        this.table = table;
        this.rows = rows;
        this.documents = documents;
    }

    @GetMapping
    @Transactional(readOnly = true)
    ResponseEntity<SettingsDocument> read() {
        return shown(find());
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SettingsDocument> replace(
            @Valid @RequestBody SettingsDocument document, @RequestHeader HttpHeaders headers) {
        return written(find(), document, headers);
    }

    @PatchMapping(consumes = {Documents.MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<SettingsDocument> patch(@RequestBody ObjectNode patch, @RequestHeader HttpHeaders headers) {
        OwnerSettings row = find();
        return written(row, documents.patched(document(row), patch, SettingsDocument.class), headers);
    }

    private @Nullable OwnerSettings find() {
        return rows.find(table, SettingsDocument.ID);
    }

    private ResponseEntity<SettingsDocument> written(
            @Nullable OwnerSettings row, SettingsDocument document, HttpHeaders headers) {
        Version.check(version(row), headers);
        if (row == null) {
            return shown(rows.create(table, document));
        }
        rows.replace(table, row, document);
        return shown(row);
    }

    private ResponseEntity<SettingsDocument> shown(@Nullable OwnerSettings row) {
        return ResponseEntity.ok().eTag(Version.etag(version(row))).body(document(row));
    }

    private SettingsDocument document(@Nullable OwnerSettings row) {
        return row == null ? table.blank() : row.fields();
    }

    private long version(@Nullable OwnerSettings row) {
        return row == null ? 0 : table.version(row);
    }
}
