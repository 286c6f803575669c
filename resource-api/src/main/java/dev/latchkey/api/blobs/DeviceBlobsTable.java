package dev.latchkey.api.blobs;

import dev.latchkey.api.document.Uuid;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.table.Filter;
import dev.latchkey.api.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Its key is {@code device_id/sha256}, and the id is made from it. */
@Component
final class DeviceBlobsTable extends Table<DeviceBlobFields, DeviceBlob> {

    DeviceBlobsTable() {
        super(
                "device_blobs",
                DeviceBlobFields.class,
                DeviceBlob.class,
                DeviceBlob::new,
                Filter.id("device_id", "deviceId"),
                Filter.flag("present", "present"));
    }

    static UUID idOf(UUID deviceId, String sha256) {
        return UUID.nameUUIDFromBytes(key(deviceId, sha256).getBytes(StandardCharsets.US_ASCII));
    }

    private static String key(UUID deviceId, String sha256) {
        return deviceId + "/" + sha256;
    }

    @Override
    public UUID id(String key) {
        int slash = key.indexOf('/');
        return idOf(device(key.substring(0, Math.max(slash, 0))), BlobsTable.checked(key.substring(slash + 1)));
    }

    @Override
    public String key(DeviceBlob row) {
        return key(row.fields().deviceId(), row.fields().sha256());
    }

    @Override
    public ObjectNode located(ObjectNode document, String key) {
        int slash = key.indexOf('/');
        if (slash >= 0 && !document.has("device_id")) {
            document.put("device_id", key.substring(0, slash));
        }
        return slash < 0 || document.has("sha256") ? document : document.put("sha256", key.substring(slash + 1));
    }

    /**
     * A device is known by a UUID that it made, not by a name such as {@code server} or {@code web} that others have too.
     */
    static UUID device(String text) {
        UUID id = Uuid.parse(text);
        if (id == null || !Uuid.made(id)) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER,
                    FieldError.parameter("device_id", "must be a UUID that the device made and keeps"));
        }
        return id;
    }
}
