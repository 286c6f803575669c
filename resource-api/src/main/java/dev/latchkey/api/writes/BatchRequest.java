package dev.latchkey.api.writes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.latchkey.api.document.Text;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a batch.
 *
 * @param ops read one by one, so that all that is wrong can be told at once
 * @param source what it comes from, in the client's words
 * @param deviceId a UUID that the device made and keeps
 */
@JsonIgnoreProperties(Fields.OWNER_ID)
record BatchRequest(
        @NotNull(message = "is required") @Size(min = 1, max = 1000, message = "must have {min} to {max} entries")
        List<@NotNull(message = "must be an object") ObjectNode> ops,

        OnConflict onConflict,
        @Nullable Boolean dryRun,
        @Text(max = 100) @Nullable String source,
        @Nullable UUID deviceId) {

    @SuppressWarnings({"NullAway", "ConstantConditions"
    }) // Null comes from Jackson, which does not know the annotations.
    BatchRequest {
        onConflict = onConflict == null ? OnConflict.FAIL : onConflict;
    }

    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }
}
