package dev.latchkey.api.works;

import dev.latchkey.api.table.Row;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

@Entity
@Table(name = "works")
class Work extends Row<WorkFields> {

    private String title;

    @Enumerated(EnumType.STRING)
    private WorkKind kind;

    // Replaced whole, never changed in place: Hibernate need not keep a copy to compare with.
    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private List<String> authors;

    @Nullable
    private Integer publishedYear;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private ObjectNode metadata;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Work() {}

    @SuppressWarnings("NullAway.Init") // set() does.
    Work(WorkFields fields) {
        super(fields);
        set(fields);
    }

    @Override
    protected void set(WorkFields fields) {
        title = fields.title();
        kind = fields.kind();
        authors = fields.authors();
        publishedYear = fields.publishedYear();
        metadata = fields.metadata();
    }

    @Override
    public WorkFields fields() {
        return new WorkFields(id(), title, kind, authors, publishedYear, metadata);
    }
}
