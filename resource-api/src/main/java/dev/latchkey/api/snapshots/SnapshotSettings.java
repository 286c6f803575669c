package dev.latchkey.api.snapshots;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * See docs/reference/configuration.md.
 *
 * @param store where archives are kept
 * @param s3 that store, if it is the one
 * @param directory where archives are kept if that is the store, and drafts of them in any case; made when the first one is
 * @param uploadLimit largest archive that is taken
 * @param unpackedLimit most that an archive that is taken may hold, unpacked
 * @param every how often each owner's snapshot is made by itself; zero: never
 * @param keep how many of those are kept, at least 1
 * @param sweepAfter how old an archive is that is deleted because no record tells of it, at least an hour; zero: none is
 */
@ConfigurationProperties("latchkey.snapshots")
public record SnapshotSettings(
        @DefaultValue("directory") Store store,
        S3 s3,
        Path directory,
        DataSize uploadLimit,
        DataSize unpackedLimit,
        Duration every,
        int keep,
        Duration sweepAfter) {

    /** What archives are kept in. */
    public enum Store {
        DIRECTORY,
        S3
    }

    /**
     * A bucket, on Amazon's S3 or on what speaks its language.
     *
     * @param endpoint address of the store; empty for Amazon's own of that region
     * @param region also where the store knows none, because requests are signed for one
     * @param pathStyle whether the bucket stands in the path and not in the name of the host
     */
    public record S3(String bucket, String region, String endpoint, boolean pathStyle) {}

    /** @throws IllegalArgumentException for less than a minute between snapshots, none kept, or archives deleted that are just being made */
    public SnapshotSettings {
        if (!every.isZero() && every.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("LATCHKEY_SNAPSHOT_EVERY is 0, or a minute and more, for example 24h.");
        }
        if (keep < 1) {
            throw new IllegalArgumentException("LATCHKEY_SNAPSHOT_KEEP is at least 1.");
        }
        if (!sweepAfter.isZero() && sweepAfter.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "LATCHKEY_SNAPSHOT_SWEEP_AFTER is 0, or an hour and more, for example 24h.");
        }
    }

    static final String PATH = "/v1/snapshots";
    static final String UPLOAD = "/upload";

    /** Below it are archives for whoever has their link. */
    public static final String DOWNLOADS = "/downloads/";

    /** The one address that takes larger bodies than others. */
    public static final String UPLOAD_PATH = PATH + UPLOAD;
}
