package dev.latchkey.load.plain;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "works")
class Work {

    @Id
    private UUID id;

    private String ownerId;
    private String title;
    private String kind;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<String> authors;

    @Nullable
    private Integer publishedYear;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> metadata;

    private Instant createdAt;
    private Instant updatedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Work() {}

    UUID getId() {
        return id;
    }

    String getOwnerId() {
        return ownerId;
    }

    String getTitle() {
        return title;
    }

    String getKind() {
        return kind;
    }

    List<String> getAuthors() {
        return authors;
    }

    @Nullable
    Integer getPublishedYear() {
        return publishedYear;
    }

    Map<String, Object> getMetadata() {
        return metadata;
    }

    Instant getCreatedAt() {
        return createdAt;
    }

    Instant getUpdatedAt() {
        return updatedAt;
    }

    long getVersion() {
        return version;
    }
}
