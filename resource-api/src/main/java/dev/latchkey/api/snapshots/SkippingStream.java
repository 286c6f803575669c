package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Is opened where a byte is read, so that what is skipped before it, the part before a range, is never sent. What breaks off is
 * {@link ErrorCode#UNAVAILABLE}.
 */
final class SkippingStream extends InputStream {

    private final long size;
    private final LongFunction<? extends InputStream> opener;
    private long position;
    private @Nullable InputStream open;

    /**
     * @param size bytes that there must be
     * @param opener of what follows the first so many bytes
     */
    SkippingStream(long size, LongFunction<? extends InputStream> opener) {
        this.size = size;
        this.opener = opener;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (position >= size) {
            return -1;
        }
        if (open == null) {
            open = opener.apply(position);
        }
        int read = read(open, buffer, offset, length);
        if (read < 0) {
            // The JDK's HTTP client takes a connection that broke for the end.
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
        position += read;
        return read;
    }

    private static int read(InputStream open, byte[] buffer, int offset, int length) {
        try {
            return open.read(buffer, offset, length);
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.UNAVAILABLE);
        }
    }

    @Override
    public long skip(long n) throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
        long skipped = Math.max(0, Math.min(n, size - position));
        position += skipped;
        return skipped;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
