package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip that anybody may have made. Nothing of it is unpacked to a disk, no name of it becomes a path, and no more comes out than is allowed. */
final class BoundedZip implements AutoCloseable {

    /** Limit for an archive that is known. */
    static final long UNBOUNDED = Long.MAX_VALUE;

    /** How many times as large an archive may become, from {@link #HARMLESS} bytes on. */
    private static final int HIGHEST_RATIO = 200;

    private static final long HARMLESS = 10L * 1024 * 1024;

    /** APPNOTE.TXT §4.3.16. */
    private static final int END_BYTES = 22;

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int LARGEST_DIRECTORY = 64 * 1024;

    private final ZipFile zip;
    private final Set<String> names;
    private final long most;
    private long unpacked;

    private BoundedZip(ZipFile zip, Set<String> names, long most) {
        this.zip = zip;
        this.names = names;
        this.most = most;
    }

    /**
     * Opens it.
     *
     * @param allowed names that it may have
     * @param unpackedLimit bytes, or {@link #UNBOUNDED}, for which the ratio does not matter either
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_INVALID} if it is no zip, or has other names
     */
    static BoundedZip open(Path file, Set<String> allowed, long unpackedLimit) throws IOException {
        requireSmallDirectory(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw invalid("is no zip archive");
        }
        try {
            return new BoundedZip(zip, names(zip, allowed), most(file, unpackedLimit));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static long most(Path file, long unpackedLimit) throws IOException {
        return unpackedLimit == UNBOUNDED
                ? UNBOUNDED
                : Math.min(unpackedLimit, Math.max(HARMLESS, Files.size(file) * HIGHEST_RATIO));
    }

    Set<String> names() {
        return names;
    }

    /**
     * What is in a file, unpacked. Whoever reads on is told if it becomes too much.
     *
     * @param name one of {@link #names}
     */
    InputStream open(String name) throws IOException {
        return new Counted(zip.getInputStream(zip.getEntry(name)));
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

    private static Set<String> names(ZipFile zip, Set<String> allowed) {
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : entries(zip)) {
            if (!allowed.contains(entry.getName()) || !names.add(entry.getName())) {
                throw invalid("has a file twice, or one that is not " + Manifest.FILE + " or of a table");
            }
        }
        return names;
    }

    private static List<? extends ZipEntry> entries(ZipFile zip) {
        try {
            return Collections.list(zip.entries());
        } catch (IllegalArgumentException e) {
            // A name that is no UTF-8: the JDK decodes names as they are asked for.
            throw invalid("has a file whose name is no text");
        }
    }

    private static ProblemException invalid(String detail) {
        return Archive.invalid("#", detail);
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
