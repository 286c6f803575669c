package dev.latchkey.api.table;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;

/**
 * A row as the API shows it: the client's fields between those of the server.
 *
 * @param version counts the changes of the row; also its ETag
 */
public record RowView<F extends Fields>(
        UUID id, @JsonUnwrapped F fields, Instant createdAt, Instant updatedAt, long version) {

    public static <F extends Fields> RowView<F> of(Row<F> row) {
        return new RowView<>(row.id(), row.fields(), row.createdAt(), row.updatedAt(), row.version());
    }
}
