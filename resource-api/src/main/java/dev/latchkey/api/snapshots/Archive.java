package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.document.Sha256Digest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.InvalidDocumentException;
import dev.latchkey.api.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is in an archive that anybody may have made: a manifest, and files of lines that are as it says. */
final class Archive implements AutoCloseable {

    /** Bytes. More than any row has that the API has taken. */
    private static final int LONGEST_LINE = 4 * 1024 * 1024;

    private static final int LARGEST_MANIFEST = 64 * 1024;

    private final JsonMapper json;
    private final BoundedZip zip;
    private final Manifest manifest;

    /**
     * Opens it and reads what it says of itself.
     *
     * @param tables whose files it may have
     * @param unpackedLimit as of {@link BoundedZip#open(Path, Set, long)}
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_INVALID}, {@link ErrorCode#SNAPSHOT_VERSION_UNKNOWN},
     *     {@link ErrorCode#SNAPSHOT_TOO_LARGE}
     */
    static Archive open(Path file, Set<String> tables, long unpackedLimit, JsonMapper json, Documents documents)
            throws IOException {
        Set<String> allowed = tables.stream().map(table -> table + ".ndjson").collect(Collectors.toSet());
        allowed.add(Manifest.FILE);
        BoundedZip zip = BoundedZip.open(file, allowed, unpackedLimit);
        try {
            return new Archive(zip, json, documents);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private Archive(BoundedZip zip, JsonMapper json, Documents documents) throws IOException {
        this.zip = zip;
        this.json = json;
        if (!zip.names().contains(Manifest.FILE)) {
            throw invalid("#", "has no " + Manifest.FILE);
        }
        manifest = manifest(documents);
        Set<String> files = new HashSet<>(Set.of(Manifest.FILE));
        for (Manifest.Entry file : manifest.files()) {
            if (!zip.names().contains(file.file()) || !files.add(file.file())) {
                throw invalid("#/" + Manifest.FILE + "/files", "names a file twice, or one that is not there");
            }
        }
        if (!files.equals(zip.names())) {
            throw invalid("#/" + Manifest.FILE + "/files", "does not name all files");
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /**
     * Each line of a file with its number, which begins with 1.
     *
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_CHECKSUM_WRONG}, {@link ErrorCode#SNAPSHOT_INVALID},
     *     {@link ErrorCode#SNAPSHOT_TOO_LARGE}
     */
    void lines(Manifest.Entry file, BiConsumer<Long, ObjectNode> consumer) throws IOException {
        long lines = 0;
        try (DigestInputStream digested = new DigestInputStream(zip.open(file.file()), Sha256Digest.create())) {
            Lines reader = new Lines(digested, LONGEST_LINE);
            for (byte @Nullable [] line = reader.next(); line != null; line = reader.next()) {
                lines++;
                consumer.accept(lines, object(pointer(file, lines), line));
            }
            if (!HexFormat.of().formatHex(digested.getMessageDigest().digest()).equals(file.sha256())) {
                throw new ProblemException(
                        ErrorCode.SNAPSHOT_CHECKSUM_WRONG, FieldError.at("#/" + file.file(), "has another SHA-256"));
            }
        } catch (ZipException | EOFException e) {
            throw invalid("#/" + file.file(), "is damaged");
        }
        if (lines != file.rows()) {
            throw invalid("#/" + file.file(), "has another number of lines than the manifest says");
        }
    }

    static String pointer(Manifest.Entry file, long line) {
        return "#/" + file.file() + "/" + line;
    }

    static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(ErrorCode.SNAPSHOT_INVALID, FieldError.at(pointer, detail));
    }

    /** What is wrong with a part of it, at its place. */
    static ProblemException invalid(String pointer, RuntimeException e) {
        ProblemException problem = e instanceof JacksonException unreadable
                ? ProblemException.of(unreadable)
                : e instanceof InvalidDocumentException broken ? ProblemException.of(broken) : null;
        if (problem == null) {
            throw e;
        }
        List<FieldError> errors =
                problem.errors().stream().map(error -> error.in(pointer)).toList();
        return new ProblemException(ErrorCode.SNAPSHOT_INVALID, errors);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private Manifest manifest(Documents documents) throws IOException {
        String place = "#/" + Manifest.FILE;
        try (InputStream bytes = zip.open(Manifest.FILE)) {
            byte[] content = bytes.readNBytes(LARGEST_MANIFEST + 1);
            if (content.length > LARGEST_MANIFEST) {
                throw new ProblemException(ErrorCode.SNAPSHOT_TOO_LARGE);
            }
            ObjectNode document = object(place, content);
            if (!document.path("format").asString("").equals(Manifest.FORMAT)) {
                throw invalid(place + "/format", "must be " + Manifest.FORMAT);
            }
            requireVersion(document, "format_version", Manifest.FORMAT_VERSION);
            requireVersion(document, "schema_version", Manifest.SCHEMA_VERSION);
            return documents.read(document, Manifest.class);
        } catch (ZipException | EOFException e) {
            throw invalid(place, "is damaged");
        } catch (JacksonException | InvalidDocumentException e) {
            throw invalid(place, e);
        }
    }

    private static void requireVersion(ObjectNode document, String field, int version) {
        JsonNode given = document.path(field);
        if (!given.isInt() || given.intValue() != version) {
            throw new ProblemException(
                    ErrorCode.SNAPSHOT_VERSION_UNKNOWN,
                    FieldError.at("#/" + Manifest.FILE + "/" + field, "must be " + version));
        }
    }

    private ObjectNode object(String place, byte[] content) {
        try {
            if (json.readTree(content) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw invalid(place, e);
        }
        throw invalid(place, "must be an object");
    }
}
