package dev.latchkey.api.blobs;

import dev.latchkey.api.table.Row;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "device_blobs")
class DeviceBlob extends Row<DeviceBlobFields> {

    private UUID deviceId;

    private String sha256;

    private boolean present;

    @Nullable
    private String localPath;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
    protected DeviceBlob() {}

    @SuppressWarnings("NullAway.Init") // set() does.
    DeviceBlob(DeviceBlobFields fields) {
        super(fields);
        set(fields);
    }

    @Override
    protected void set(DeviceBlobFields fields) {
        deviceId = fields.deviceId();
        sha256 = fields.sha256();
        present = fields.present();
        localPath = fields.localPath();
    }

    @Override
    public DeviceBlobFields fields() {
        return new DeviceBlobFields(deviceId, sha256, present, localPath);
    }
}
