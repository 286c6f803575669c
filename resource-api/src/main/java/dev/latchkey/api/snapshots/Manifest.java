package dev.latchkey.api.snapshots;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;

/**
 * What an archive says of itself, in its file {@value #FILE}. Changing this, or what a field of a table means, takes a new version and
 * the code that reads the old one.
 *
 * @param format always {@value #FORMAT}
 * @param formatVersion how files and lines are laid out
 * @param schemaVersion what the fields of tables mean
 * @param files one for each table
 */
record Manifest(
        @NotNull(message = "is required") String format,
        @NotNull(message = "is required") Integer formatVersion,
        @NotNull(message = "is required") Integer schemaVersion,
        @NotNull(message = "is required") Instant createdAt,
        @NotNull(message = "is required") List<@Valid Entry> files) {

    static final String FILE = "manifest.json";
    static final String FORMAT = "latchkey-snapshot";
    static final int FORMAT_VERSION = 1;
    static final int SCHEMA_VERSION = 1;

    static Manifest of(Instant createdAt, List<Entry> files) {
        return new Manifest(FORMAT, FORMAT_VERSION, SCHEMA_VERSION, createdAt, files);
    }

    long rows() {
        return files.stream().mapToLong(Entry::rows).sum();
    }

    /** @param sha256 of the unpacked file */
    record Entry(
            @NotNull(message = "is required") String table,

            @NotNull(message = "is required")
            @Min(value = 0, message = "must be at least {value}")
            @Max(value = ArchivedRow.MOST, message = "must be at most {value}")
            Long rows,

            @NotNull(message = "is required") String sha256) {

        String file() {
            return table + ".ndjson";
        }
    }
}
