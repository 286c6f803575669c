package dev.latchkey.api.writes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.latchkey.api.document.Text;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation as it is sent.
 *
 * @param id the last part of the row's address
 * @param version that the row has as the client knows it
 * @param updatedAt when the client made the change
 */
@JsonIgnoreProperties(Fields.OWNER_ID)
record OpDocument(
        @NotNull(message = "is required")
        @Pattern(regexp = "[\\x21-\\x7e]{1,128}", message = "must be 1 to 128 visible characters of ASCII")
        String opId,

        @NotNull(message = "is required") String table,
        @NotNull(message = "is required") OpKind op,

        @Text(min = 1, max = 200) @Nullable String id,
        @Nullable ObjectNode data,

        @Min(value = 0, message = "must be at least {value}") @Nullable
        Long version,

        @Nullable Instant updatedAt) {}
