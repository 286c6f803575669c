package dev.latchkey.api.blobs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.latchkey.api.document.Sha256;
import dev.latchkey.api.document.Text;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param size bytes */
@JsonIgnoreProperties(Fields.OWNER_ID)
record BlobFields(
        @NotNull(message = "is required") @Sha256 String sha256,

        @Min(value = 0, message = "must be at least {value}") @Nullable
        Long size,

        @Text(max = 127) @Nullable String mediaType,
        @Text(max = 255) @Nullable String filename)
        implements Fields {

    @Override
    public UUID id() {
        return BlobsTable.idOf(sha256);
    }
}
