package dev.latchkey.api.works;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A work as the API shows it. */
record WorkView(
        UUID id,
        String title,
        WorkKind kind,
        List<String> authors,
        @Nullable Integer publishedYear,
        ObjectNode metadata,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    static WorkView of(Work work) {
        WorkFields fields = work.fields();
        return new WorkView(
                work.id(),
                fields.title(),
                fields.kind(),
                fields.authors(),
                fields.publishedYear(),
                fields.metadata(),
                work.createdAt(),
                work.updatedAt(),
                work.version());
    }
}
