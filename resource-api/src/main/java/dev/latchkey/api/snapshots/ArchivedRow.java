package dev.latchkey.api.snapshots;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of an archive.
 *
 * @param changedAt when a client made the change, if it told the server later
 * @param data what a client may set in the row
 */
@JsonIgnoreProperties(Fields.OWNER_ID)
record ArchivedRow(
        @NotNull(message = "is required") UUID id,
        @NotNull(message = "is required") Instant createdAt,
        @NotNull(message = "is required") Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant changedAt,

        @NotNull(message = "is required")
        @Min(value = 0, message = "must be at least {value}")
        @Max(value = MOST, message = "must be at most {value}")
        Long version,

        @NotNull(message = "is required") ObjectNode data) {

    /** Of anything that is counted: what a double still tells apart, as JavaScript reads it. */
    static final long MOST = (1L << 53) - 1;
}
