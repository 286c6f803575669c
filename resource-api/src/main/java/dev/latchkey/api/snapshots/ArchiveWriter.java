package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Sha256Digest;
import dev.latchkey.api.table.AllRows;
import dev.latchkey.api.table.Families;
import dev.latchkey.api.table.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes an archive of all rows that there are in the caller's transaction: row by row, so that memory does not grow with them. */
@Component
final class ArchiveWriter {

    private final Families families;
    private final AllRows rows;
    private final JsonMapper json;

    ArchiveWriter(Families families, AllRows rows, JsonMapper json) {
        this.families = families;
        this.rows = rows;
        this.json = json;
    }

    long count() {
        return families.tables().values().stream().mapToLong(rows::count).sum();
    }

    /** @param archive a file that is not there yet, or empty */
    void write(Path archive, Progress progress) {
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(file))) {
            List<Manifest.Entry> files = new ArrayList<>();
            for (Table<?, ?> table : families.parentsFirst()) {
                files.add(write(table, zip, progress));
            }
            zip.putNextEntry(new ZipEntry(Manifest.FILE));
            zip.write(json.writeValueAsBytes(Manifest.of(Instant.now().truncatedTo(ChronoUnit.MICROS), files)));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Manifest.Entry write(Table<?, ?> table, ZipOutputStream zip, Progress progress) throws IOException {
        Manifest.Entry unfinished = new Manifest.Entry(table.name(), 0L, "");
        zip.putNextEntry(new ZipEntry(unfinished.file()));
        DigestOutputStream lines = new DigestOutputStream(zip, Sha256Digest.create());
        long[] written = {0};
        rows.each(table, row -> {
            ObjectNode data = json.valueToTree(row.fields());
            try {
                lines.write(json.writeValueAsBytes(new ArchivedRow(
                        row.id(), row.createdAt(), row.updatedAt(), row.changedAt(), row.version(), data)));
                lines.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            written[0]++;
            progress.done(1);
        });
        zip.closeEntry();
        return new Manifest.Entry(
                table.name(),
                written[0],
                HexFormat.of().formatHex(lines.getMessageDigest().digest()));
    }
}
