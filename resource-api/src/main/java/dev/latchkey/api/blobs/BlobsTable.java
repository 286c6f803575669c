package dev.latchkey.api.blobs;

import dev.latchkey.api.document.Sha256;
import dev.latchkey.api.document.Uuid;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Its key is the content's SHA-256, and the id is made from it: on every device the same content is the same row. */
@Component
final class BlobsTable extends Table<BlobFields, Blob> {

    BlobsTable() {
        super("blobs", BlobFields.class, Blob.class, Blob::new);
    }

    static UUID idOf(String sha256) {
        return UUID.nameUUIDFromBytes(sha256.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public UUID id(String key) {
        return idOf(checked(key));
    }

    static String checked(String sha256) {
        if (!sha256.matches(Sha256.FORM)) {
            throw new ProblemException(ErrorCode.INVALID_PARAMETER, FieldError.parameter("sha256", Sha256.MESSAGE));
        }
        return sha256;
    }

    @Override
    public ObjectNode located(ObjectNode document, String key) {
        return document.has("sha256") || Uuid.parse(key) != null ? document : document.put("sha256", key);
    }

    @Override
    public String key(Blob row) {
        return row.fields().sha256();
    }
}
