package dev.latchkey.api.snapshots;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of an archive.
 *
 * @param data what a client may set in the row
 */
@JsonIgnoreProperties(Fields.OWNER_ID)
record ArchivedRow(
        @NotNull(message = "is required") UUID id,
        @NotNull(message = "is required") Instant createdAt,
        @NotNull(message = "is required") Instant updatedAt,

        @NotNull(message = "is required")
        @Min(value = 0, message = "must be at least {value}")
        @Max(value = MOST_CHANGES, message = "must be at most {value}")
        Long version,

        @NotNull(message = "is required") ObjectNode data) {

    /** What a double still tells apart, as JavaScript reads it. */
    private static final long MOST_CHANGES = (1L << 53) - 1;
}
