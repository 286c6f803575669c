package dev.latchkey.api.snapshots;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of a file, as bytes, none of them longer than can be kept in memory. */
final class Lines {

    private final InputStream bytes;
    private final int longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);

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
        int b = bytes.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = bytes.read()) {
            if (line.size() == longest) {
                throw new ProblemException(ErrorCode.SNAPSHOT_TOO_LARGE);
            }
            line.write(b);
        }
        return line.toByteArray();
    }
}
