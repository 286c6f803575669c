package dev.latchkey.api.annotations;

import dev.latchkey.api.table.Row;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

@Entity
@Table(name = "annotations")
class Annotation extends Row<AnnotationFields> {

    private UUID workId;

    @Nullable
    private UUID assetId;

    @Enumerated(EnumType.STRING)
    private AnnotationKind kind;

    @Nullable
    private Integer page;

    @Nullable
    private String content;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private ObjectNode data;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Annotation() {}

    @SuppressWarnings("NullAway.Init") // set() does.
    Annotation(AnnotationFields fields) {
        super(fields);
        set(fields);
    }

    @Override
    protected void set(AnnotationFields fields) {
        workId = fields.workId();
        assetId = fields.assetId();
        kind = fields.kind();
        page = fields.page();
        content = fields.content();
        data = fields.data();
    }

    @Override
    public AnnotationFields fields() {
        return new AnnotationFields(id(), workId, assetId, kind, page, content, data);
    }
}
