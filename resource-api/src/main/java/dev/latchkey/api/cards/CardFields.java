package dev.latchkey.api.cards;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.api.document.JsonObject;
import dev.latchkey.api.document.Text;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Absent and null are the same, and stand for the default. */
@JsonIgnoreProperties(Fields.OWNER_ID)
record CardFields(
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable
        UUID id,

        @NotNull(message = "is required") UUID annotationId,

        @NotNull(message = "is required") @Text(min = 1, max = 10_000)
        String front,

        @Text(max = 10_000) @Nullable String back,
        @Nullable Instant dueAt,
        @JsonObject(maxBytes = 16 * 1024) ObjectNode scheduling)
        implements Fields {

    @SuppressWarnings({"NullAway", "ConstantConditions"
    }) // Null comes from Jackson, which does not know the annotations.
    CardFields {
        scheduling = scheduling == null ? JsonNodeFactory.instance.objectNode() : scheduling;
    }
}
