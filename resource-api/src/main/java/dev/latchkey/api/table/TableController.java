package dev.latchkey.api.table;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.document.Version;
import dev.latchkey.api.page.Page;
import dev.latchkey.api.page.PageRequest;
import dev.latchkey.api.receipts.Idempotency;
import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of one table, of whoever the token speaks for. Arguments are read and checked before the first statement, so a bad request
 * costs no SQL.
 */
@Transactional(TableController.MANAGER)
public abstract class TableController<F extends Fields, R extends Row<F>> {

    /** Said of each method: what stands at a class is lost where a subclass has a mapping of its own. */
    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

    /** Spring Boot's. Where none is named, Spring looks through the annotations of the class for one in each call. */
    static final String MANAGER = "transactionManager";

    private final Table<F, R> table;
    private final Rows rows;

    protected TableController(Table<F, R> table, Rows rows) {
        this.table = table;
        this.rows = rows;
    }

    @GetMapping(produces = JSON)
    @Transactional(transactionManager = MANAGER, readOnly = true)
    public Page<RowView<F>> list(PageRequest page, @RequestParam MultiValueMap<String, String> parameters) {
        return rows.list(table, page, parameters);
    }

    @PostMapping(consumes = JSON, produces = JSON)
    public ResponseEntity<RowView<F>> create(
            @Valid @RequestBody F fields,
            @RequestHeader(name = Idempotency.KEY, required = false) @Nullable String key) {
        return rows.once(key, table, fields, () -> {
            R row = rows.create(table, fields);
            return ResponseEntity.created(URI.create("/v1/" + table.name() + "/" + table.key(row)))
                    .eTag(Version.etag(row.version()))
                    .body(RowView.of(row));
        });
    }

    @GetMapping(path = "/{id}", produces = JSON)
    @Transactional(transactionManager = MANAGER, readOnly = true)
    public ResponseEntity<RowView<F>> read(@PathVariable String id) {
        return shown(rows.get(table, table.id(id)));
    }

    /** Never creates. */
    @PutMapping(path = "/{id}", consumes = JSON, produces = JSON)
    public ResponseEntity<RowView<F>> replace(
            @PathVariable String id, @Valid @RequestBody F fields, @RequestHeader HttpHeaders headers) {
        R row = at(id, headers);
        rows.replace(table, row, fields);
        return shown(row);
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {Documents.MERGE_PATCH, JSON},
            produces = JSON)
    public ResponseEntity<RowView<F>> patch(
            @PathVariable String id, @RequestBody ObjectNode patch, @RequestHeader HttpHeaders headers) {
        R row = at(id, headers);
        rows.patch(table, row, patch);
        return shown(row);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String id, @RequestHeader HttpHeaders headers) {
        rows.delete(table, at(id, headers));
    }

    private R at(String id, HttpHeaders headers) {
        R row = rows.get(table, table.id(id));
        Version.check(row.version(), headers);
        return row;
    }

    private static <F extends Fields> ResponseEntity<RowView<F>> shown(Row<F> row) {
        return ResponseEntity.ok().eTag(Version.etag(row.version())).body(RowView.of(row));
    }
}
