package dev.latchkey.api.writes;

import dev.latchkey.api.table.Fields;
import dev.latchkey.api.table.Row;
import dev.latchkey.api.table.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation that is well-formed.
 *
 * @param index its place in the batch, from 0
 * @param key the last part of its row's address, as the client named it
 * @param fields the row as it is to be; null for a patch and a deletion
 * @param patch null for everything but a patch
 * @param version that its row has as the client knows it; null if it does not matter
 * @param time when the client made the change, now at the latest; null if it did not say
 */
record Op<F extends Fields, R extends Row<F>>(
        int index,
        String opId,
        OpKind kind,
        Table<F, R> table,
        UUID id,
        @Nullable String key,
        @Nullable F fields,
        @Nullable ObjectNode patch,
        @Nullable Long version,
        @Nullable Instant time,
        String fingerprint) {

    Place place() {
        return new Place(table, id);
    }

    boolean deletes() {
        return kind == OpKind.DELETE;
    }

    /** Whether there can be a row after it where none was before. */
    boolean creates(OnConflict onConflict) {
        return kind == OpKind.CREATE
                || kind == OpKind.UPSERT
                || (kind == OpKind.REPLACE && onConflict == OnConflict.CLIENT_WINS);
    }

    String pointer() {
        return "#/ops/" + index;
    }

    String dataPointer() {
        return pointer() + "/data";
    }
}
