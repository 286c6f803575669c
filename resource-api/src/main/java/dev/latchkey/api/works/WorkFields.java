package dev.latchkey.api.works;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.api.document.JsonObject;
import dev.latchkey.api.document.Text;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Absent and null are the same, and stand for the default. */
@JsonIgnoreProperties(Fields.OWNER_ID)
record WorkFields(
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable
        UUID id,

        @NotNull(message = "is required") @Text(min = 1, max = 500)
        String title,

        WorkKind kind,

        @Size(max = 50, message = "must have at most {max} entries")
        List<@NotNull(message = "must be a string") @Text(max = 200) String> authors,

        @Nullable Integer publishedYear,
        @JsonObject(maxBytes = 16 * 1024) ObjectNode metadata)
        implements Fields {

    @SuppressWarnings({"NullAway", "ConstantConditions"
    }) // Null comes from Jackson, which does not know the annotations.
    WorkFields {
        kind = kind == null ? WorkKind.OTHER : kind;
        authors = authors == null ? List.of() : authors;
        metadata = metadata == null ? JsonNodeFactory.instance.objectNode() : metadata;
    }
}
