package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of a file, as bytes, none of them longer than can be kept in memory. It reads ahead: nobody else reads the same stream. */
final class Lines {

    private final InputStream bytes;
    private final int longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    private final byte[] ahead = new byte[64 * 1024];
    private int from;
    private int to;

    Lines(InputStream bytes, int longest) {
        this.bytes = bytes;
        this.longest = longest;
    }

    /**
     * Without its end; null after the last one.
     *
     * @throws ProblemException {@link ErrorCode#SNAPSHOT_TOO_LARGE}
     */
    byte @Nullable [] next() throws IOException {
        line.reset();
        if (!isMore()) {
            return null;
        }
        while (isMore()) {
            int end = from;
            while (end < to && ahead[end] != '\n') {
                end++;
            }
            if (line.size() + end - from > longest) {
                throw new ProblemException(ErrorCode.SNAPSHOT_TOO_LARGE);
            }
            line.write(ahead, from, end - from);
            from = end;
            if (end < to) {
                from++;
                break;
            }
        }
        return line.toByteArray();
    }

    /** Whether there is a byte ahead. */
    private boolean isMore() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, bytes.read(ahead, 0, ahead.length));
        }
        return from < to;
    }
}
