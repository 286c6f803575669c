package dev.latchkey.api.table;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is kept elsewhere, to be brought back: all that there is to it but its owner.
 *
 * @param changedAt as in {@link Row}
 */
public record RowState<F extends Fields>(
        UUID id,
        F fields,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant changedAt,
        long version) {}
