package dev.latchkey.api.annotations;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.api.document.JsonObject;
import dev.latchkey.api.document.Text;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Absent and null are the same, and stand for the default.
 *
 * @param assetId an asset of that work
 * @param page counted from 0
 */
@JsonIgnoreProperties(Fields.OWNER_ID)
record AnnotationFields(
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable
        UUID id,

        @NotNull(message = "is required") UUID workId,
        @Nullable UUID assetId,
        AnnotationKind kind,

        @Min(value = 0, message = "must be at least {value}") @Nullable
        Integer page,

        @Text(max = 20_000) @Nullable String content,
        @JsonObject(maxBytes = 64 * 1024) ObjectNode data)
        implements Fields {

    @SuppressWarnings({"NullAway", "ConstantConditions"
    }) // Null comes from Jackson, which does not know the annotations.
    AnnotationFields {
        kind = kind == null ? AnnotationKind.NOTE : kind;
        data = data == null ? JsonNodeFactory.instance.objectNode() : data;
    }
}
