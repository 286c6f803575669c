package dev.latchkey.api.blobs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.latchkey.api.document.Sha256;
import dev.latchkey.api.document.Text;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param deviceId a UUID that the device made once and keeps
 * @param present whether it has the bytes
 * @param localPath where, in its own words
 */
@JsonIgnoreProperties(Fields.OWNER_ID)
record DeviceBlobFields(
        @NotNull(message = "is required") @DeviceId UUID deviceId,
        @NotNull(message = "is required") @Sha256 String sha256,
        @NotNull(message = "is required") Boolean present,
        @Text(max = 1024) @Nullable String localPath)
        implements Fields {

    @Override
    public UUID id() {
        return DeviceBlobsTable.idOf(deviceId, sha256);
    }
}
