package dev.latchkey.api.writes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of an operation.
 *
 * @param id the last part of the row's address
 * @param version of the row then; null if there is none
 * @param updatedAt of the row then; null if there is none
 */
record OpReceipt(
        String opId,
        String table,
        String id,
        Status status,
        @Nullable Long version,
        @Nullable Instant updatedAt) {}
