package dev.latchkey.api.snapshots;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * See docs/reference/configuration.md.
 *
 * @param directory where archives are kept; made when the first one is
 * @param uploadLimit largest archive that is taken
 * @param unpackedLimit most that an archive that is taken may hold, unpacked
 */
@ConfigurationProperties("latchkey.snapshots")
public record SnapshotSettings(Path directory, DataSize uploadLimit, DataSize unpackedLimit) {

    static final String PATH = "/v1/snapshots";
    static final String UPLOAD = "/upload";

    /** The one address that takes larger bodies than others. */
    public static final String UPLOAD_PATH = PATH + UPLOAD;
}
