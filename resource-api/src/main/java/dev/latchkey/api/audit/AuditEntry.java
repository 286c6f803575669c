package dev.latchkey.api.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of a row.
 *
 * @param actorUid who, by his token; null for what was done in the database itself
 * @param action {@code create}, {@code update} or {@code delete}
 * @param rowId the {@code id} of the row
 * @param requestId as the caller or the API named the request
 * @param deviceId as the caller named it
 */
record AuditEntry(
        UUID id,
        Instant at,
        @Nullable String actorUid,
        String action,
        @JsonProperty("table") String tableName,
        UUID rowId,
        @Nullable String requestId,
        @Nullable String deviceId) {}
