package dev.latchkey.api.blobs;

import dev.latchkey.api.table.Rows;
import dev.latchkey.api.table.TableController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/blobs")
class BlobsController extends TableController<BlobFields, Blob> {

    BlobsController(BlobsTable blobs, Rows rows) {
        super(blobs, rows);
    }
}
