package dev.latchkey.api.blobs;

import dev.latchkey.api.table.Row;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "blobs")
class Blob extends Row<BlobFields> {

    private String sha256;

    @Nullable
    private Long size;

    @Nullable
    private String mediaType;

    @Nullable
    private String filename;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected Blob() {}

    @SuppressWarnings("NullAway.Init") // set() does.
    Blob(BlobFields fields) {
        super(fields);
        set(fields);
    }

    @Override
    protected void set(BlobFields fields) {
        sha256 = fields.sha256();
        size = fields.size();
        mediaType = fields.mediaType();
        filename = fields.filename();
    }

    @Override
    public BlobFields fields() {
        return new BlobFields(sha256, size, mediaType, filename);
    }
}
