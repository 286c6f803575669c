package dev.latchkey.load.plain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record WorkView(
        UUID id,
        String title,
        String kind,
        List<String> authors,
        @Nullable Integer publishedYear,
        Map<String, Object> metadata,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    static WorkView of(Work work) {
        return new WorkView(
                work.getId(),
                work.getTitle(),
                work.getKind(),
                work.getAuthors(),
                work.getPublishedYear(),
                work.getMetadata(),
                work.getCreatedAt(),
                work.getUpdatedAt(),
                work.getVersion());
    }
}
