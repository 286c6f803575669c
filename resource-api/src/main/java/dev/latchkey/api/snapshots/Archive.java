package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Documents;
import dev.latchkey.api.document.Sha256Digest;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.InvalidDocumentException;
import dev.latchkey.api.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The files of an archive that anybody may have made. Nothing of it is unpacked to a disk, and no name of it becomes a path. */
final class Archive implements AutoCloseable {

    /** Bytes. More than any row has that the API has taken. */
    private static final int LONGEST_LINE = 4 * 1024 * 1024;

    private static final int LARGEST_MANIFEST = 64 * 1024;

    /** How many times as large an archive may become, from {@link #HARMLESS} bytes on. */
    private static final int HIGHEST_RATIO = 200;

    private static final long HARMLESS = 10L * 1024 * 1024;

    /** APPNOTE.TXT §4.3.16. */
    private static final int END_BYTES = 22;

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int LARGEST_DIRECTORY = 64 * 1024;

    private final JsonMapper json;
    private final ZipFile zip;
    private final Manifest manifest;
    private final long most;
    private long unpacked;

    /**
     * Opens it and reads what it says of itself.
     *
     * @param tables whose files it may have
     * @param unpackedLimit bytes
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_INVALID}, {@link ErrorCode#SNAPSHOT_VERSION_UNKNOWN},
     *     {@link ErrorCode#SNAPSHOT_TOO_LARGE}
     */
    static Archive open(Path file, Set<String> tables, long unpackedLimit, JsonMapper json, Documents documents)
            throws IOException {
        requireSmallDirectory(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw invalid("is no zip archive");
        }
        try {
            long most = Math.min(unpackedLimit, Math.max(HARMLESS, Files.size(file) * HIGHEST_RATIO));
            return new Archive(zip, tables, most, json, documents);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private Archive(ZipFile zip, Set<String> tables, long most, JsonMapper json, Documents documents)
            throws IOException {
        this.zip = zip;
        this.most = most;
        this.json = json;
        Set<String> names = names(zip, tables);
        manifest = manifest(documents);
        Set<String> files = new HashSet<>(Set.of(Manifest.FILE));
        for (Manifest.Entry file : manifest.files()) {
            if (!names.contains(file.file()) || !files.add(file.file())) {
                throw invalid("#/" + Manifest.FILE + "/files", "names a file twice, or one that is not there");
            }
        }
        if (!files.equals(names)) {
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
        try (DigestInputStream digested = new DigestInputStream(open(file.file()), Sha256Digest.create());
                InputStream bytes = new BufferedInputStream(digested, 64 * 1024)) {
            Lines reader = new Lines(bytes, LONGEST_LINE);
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

    /**
     * The JDK reads the whole directory of an archive into memory, so it is kept from one that is larger than those that we make. It finds
     * that directory by the record at the very end, which is to be there.
     */
    private static void requireSmallDirectory(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[END_BYTES];
            if (bytes.length() < END_BYTES) {
                throw invalid("is no zip archive");
            }
            bytes.seek(bytes.length() - END_BYTES);
            bytes.readFully(end);
            ByteBuffer fields = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
            long size = Integer.toUnsignedLong(fields.getInt(12));
            if (fields.getInt(0) != END_SIGNATURE || size > LARGEST_DIRECTORY || fields.getShort(20) != 0) {
                throw invalid("is no zip archive, or one with a comment or with many files");
            }
        }
    }

    private static Set<String> names(ZipFile zip, Set<String> tables) {
        Set<String> known = tables.stream().map(table -> table + ".ndjson").collect(Collectors.toSet());
        known.add(Manifest.FILE);
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (!known.contains(entry.getName()) || !names.add(entry.getName())) {
                throw invalid("has a file twice, or one that is not " + Manifest.FILE + " or of a table");
            }
        }
        if (!names.contains(Manifest.FILE)) {
            throw invalid("has no " + Manifest.FILE);
        }
        return names;
    }

    private Manifest manifest(Documents documents) throws IOException {
        String place = "#/" + Manifest.FILE;
        try (InputStream bytes = open(Manifest.FILE)) {
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

    private InputStream open(String name) throws IOException {
        return new Counted(zip.getInputStream(zip.getEntry(name)));
    }

    private static ProblemException invalid(String detail) {
        return invalid("#", detail);
    }

    /** What an archive says of sizes is not believed. */
    private final class Counted extends FilterInputStream {

        Counted(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            count(Math.max(n, 0));
            return n;
        }

        private void count(int n) {
            unpacked += n;
            if (unpacked > most) {
                throw new ProblemException(ErrorCode.SNAPSHOT_TOO_LARGE);
            }
        }
    }
}
