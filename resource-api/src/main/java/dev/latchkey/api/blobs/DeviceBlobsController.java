package dev.latchkey.api.blobs;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.document.Version;
import dev.latchkey.api.page.Page;
import dev.latchkey.api.page.PageRequest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.table.RowView;
import dev.latchkey.api.table.Rows;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The address is the whole key, so PUT creates here, and there is no POST. */
@RestController
@RequestMapping(path = "/v1/devices/{device_id}/blobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Transactional
class DeviceBlobsController {

    private final DeviceBlobsTable table;
    private final Rows rows;
    private final Documents documents;

    DeviceBlobsController(DeviceBlobsTable table, Rows rows, Documents documents) {
        this.table = table;
        this.rows = rows;
        this.documents = documents;
    }

    @GetMapping
    @Transactional(readOnly = true)
    Page<RowView<DeviceBlobFields>> list(
            @PathVariable("device_id") String device,
            PageRequest page,
            @RequestParam MultiValueMap<String, String> parameters) {
        MultiValueMap<String, String> ofDevice = new LinkedMultiValueMap<>(parameters);
        ofDevice.set("device_id", DeviceBlobsTable.device(device).toString());
        return rows.list(table, page, ofDevice);
    }

    @GetMapping("/{sha256}")
    @Transactional(readOnly = true)
    ResponseEntity<RowView<DeviceBlobFields>> read(@PathVariable Map<String, String> address) {
        return shown(HttpStatus.OK, rows.get(table, table.id(key(address))));
    }

    @PutMapping(path = "/{sha256}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RowView<DeviceBlobFields>> set(
            @PathVariable Map<String, String> address,
            @RequestBody ObjectNode document,
            @RequestHeader HttpHeaders headers) {
        DeviceBlob there = rows.find(table, table.id(key(address)));
        DeviceBlobFields fields = documents.read(located(document, address), DeviceBlobFields.class);
        if (there == null) {
            Version.checkAbsent(headers);
            return shown(HttpStatus.CREATED, rows.create(table, fields));
        }
        Version.check(there.version(), headers);
        rows.replace(table, there, fields);
        return shown(HttpStatus.OK, there);
    }

    @PatchMapping(
            path = "/{sha256}",
            consumes = {Documents.MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<RowView<DeviceBlobFields>> patch(
            @PathVariable Map<String, String> address,
            @RequestBody ObjectNode patch,
            @RequestHeader HttpHeaders headers) {
        DeviceBlob row = at(address, headers);
        rows.patch(table, row, located(patch, address));
        return shown(HttpStatus.OK, row);
    }

    @DeleteMapping("/{sha256}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable Map<String, String> address, @RequestHeader HttpHeaders headers) {
        rows.delete(table, at(address, headers));
    }

    private DeviceBlob at(Map<String, String> address, HttpHeaders headers) {
        DeviceBlob row = rows.get(table, table.id(key(address)));
        Version.check(row.version(), headers);
        return row;
    }

    private static String key(Map<String, String> address) {
        return address.get("device_id") + "/" + address.get("sha256");
    }

    /** The document with what its address says, which it may repeat. */
    private static ObjectNode located(ObjectNode document, Map<String, String> address) {
        address.forEach((name, value) -> {
            if (document.has(name) && !document.get(name).asString("").equalsIgnoreCase(value)) {
                throw new ProblemException(
                        ErrorCode.INVALID_FIELD, FieldError.at("#/" + name, "must be the one of the address"));
            }
            document.put(name, value);
        });
        return document;
    }

    private static ResponseEntity<RowView<DeviceBlobFields>> shown(HttpStatus status, DeviceBlob row) {
        return ResponseEntity.status(status).eTag(Version.etag(row.version())).body(RowView.of(row));
    }
}
