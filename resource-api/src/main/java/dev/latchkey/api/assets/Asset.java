package dev.latchkey.api.assets;

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
@Table(name = "assets")
class Asset extends Row<AssetFields> {

    private UUID workId;

    @Nullable
    private String sha256;

    @Nullable
    private String filename;

    @Nullable
    private String mediaType;

    @Enumerated(EnumType.STRING)
    private AssetRole role;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private ObjectNode metadata;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Asset() {}

    @SuppressWarnings("NullAway.Init") // set() does.
    Asset(AssetFields fields) {
        super(fields);
        set(fields);
    }

    @Override
    protected void set(AssetFields fields) {
        workId = fields.workId();
        sha256 = fields.sha256();
        filename = fields.filename();
        mediaType = fields.mediaType();
        role = fields.role();
        metadata = fields.metadata();
    }

    @Override
    public AssetFields fields() {
        return new AssetFields(id(), workId, sha256, filename, mediaType, role, metadata);
    }
}
