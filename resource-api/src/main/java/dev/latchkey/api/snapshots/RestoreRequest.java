package dev.latchkey.api.snapshots;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.latchkey.api.table.Fields;
import jakarta.validation.constraints.NotNull;

@JsonIgnoreProperties(Fields.OWNER_ID)
record RestoreRequest(@NotNull(message = "is required") RestoreMode mode) {}
