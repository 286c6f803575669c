package dev.latchkey.api.snapshots;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * See docs/reference/configuration.md.
 *
 * @param directory where archives are kept, and drafts of them; made when the first one is
 * @param uploadLimit largest archive that is taken
 * @param unpackedLimit most that an archive that is taken may hold, unpacked
 * @param every how often each owner's snapshot is made by itself; zero: never
 * @param keep how many of those are kept, at least 1
 */
@ConfigurationProperties("latchkey.snapshots")
public record SnapshotSettings(Path directory, DataSize uploadLimit, DataSize unpackedLimit, Duration every, int keep) {

    /** @throws IllegalArgumentException for less than a minute between snapshots, or none kept */
    public SnapshotSettings {
        if (!every.isZero() && every.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("LATCHKEY_SNAPSHOT_EVERY is 0, or a minute and more, for example 24h.");
        }
        if (keep < 1) {
            throw new IllegalArgumentException("LATCHKEY_SNAPSHOT_KEEP is at least 1.");
        }
    }

    static final String PATH = "/v1/snapshots";
    static final String UPLOAD = "/upload";

    /** The one address that takes larger bodies than others. */
    public static final String UPLOAD_PATH = PATH + UPLOAD;
}
