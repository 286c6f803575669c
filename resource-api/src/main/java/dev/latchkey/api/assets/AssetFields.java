package dev.latchkey.api.assets;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.api.document.JsonObject;
import dev.latchkey.api.document.Sha256;
import dev.latchkey.api.document.Text;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Absent and null are the same, and stand for the default. */
@JsonIgnoreProperties(Fields.OWNER_ID)
record AssetFields(
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable
        UUID id,

        @NotNull(message = "is required") UUID workId,
        @Sha256 @Nullable String sha256,
        @Text(max = 255) @Nullable String filename,
        @Text(max = 127) @Nullable String mediaType,
        AssetRole role,
        @JsonObject(maxBytes = 16 * 1024) ObjectNode metadata)
        implements Fields {

    @SuppressWarnings({"NullAway", "ConstantConditions"
    }) // Null comes from Jackson, which does not know the annotations.
    AssetFields {
        role = role == null ? AssetRole.MAIN : role;
        metadata = metadata == null ? JsonNodeFactory.instance.objectNode() : metadata;
    }
}
