package dev.latchkey.api.web;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.problem.Problems;
import dev.latchkey.api.snapshots.SnapshotSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over 1 MiB, at once by their stated length, or, when chunked, as soon as one byte too many is read; and bodies that take
 * longer than half a minute: Tomcat's own limit is on the wait for the next byte. The address of uploads has limits of its own.
 */
@Component
final class BodyLimitFilter extends OncePerRequestFilter {

    /** Bytes. */
    static final long LIMIT = 1024 * 1024;

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONGEST_UPLOAD = Duration.ofMinutes(10);

    private final SnapshotSettings snapshots;

    private final LongSupplier nanoTime;

    @Autowired
    BodyLimitFilter(SnapshotSettings snapshots) {
        this(snapshots, System::nanoTime);
    }

    BodyLimitFilter(SnapshotSettings snapshots, LongSupplier nanoTime) {
        this.snapshots = snapshots;
        this.nanoTime = nanoTime;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Exactly that address: what is spelt otherwise is another one.
        boolean upload = SnapshotSettings.UPLOAD_PATH.equals(request.getRequestURI());
        long limit = upload ? snapshots.uploadLimit().toBytes() : LIMIT;
        if (request.getContentLengthLong() > limit) {
            Problems.write(request, response, ErrorCode.BODY_TOO_LARGE);
        } else {
            chain.doFilter(new Limited(request, limit, upload ? LONGEST_UPLOAD : LONGEST, nanoTime), response);
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final long limit;
        private final Duration longest;
        private final LongSupplier nanoTime;

        Limited(HttpServletRequest request, long limit, Duration longest, LongSupplier nanoTime) {
            super(request);
            this.limit = limit;
            this.longest = longest;
            this.nanoTime = nanoTime;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream(), limit, longest, nanoTime);
        }
    }

    private static final class LimitedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final long limit;
        private final Duration longest;
        private final LongSupplier nanoTime;
        private final long start;
        private long read;

        LimitedStream(ServletInputStream body, long limit, Duration longest, LongSupplier nanoTime) {
            this.body = body;
            this.limit = limit;
            this.longest = longest;
            this.nanoTime = nanoTime;
            this.start = nanoTime.getAsLong();
        }

        @Override
        public int read() throws IOException {
            int b = body.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = body.read(buffer, offset, length);
            count(n);
            return n;
        }

        private void count(int n) {
            read += Math.max(n, 0);
            if (read > limit) {
                throw new ProblemException(ErrorCode.BODY_TOO_LARGE);
            }
            if (nanoTime.getAsLong() - start > longest.toNanos()) {
                throw new ProblemException(ErrorCode.BODY_TOO_SLOW);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
