package dev.latchkey.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.snapshots.SnapshotSettings;
import jakarta.servlet.FilterChain;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

class BodyLimitFilterTest {

    private static final SnapshotSettings SETTINGS = new SnapshotSettings(
            SnapshotSettings.Store.DIRECTORY,
            new SnapshotSettings.S3("", "", "", false),
            Path.of("none"),
            DataSize.ofMegabytes(1),
            DataSize.ofMegabytes(1),
            Duration.ZERO,
            1,
            Duration.ZERO);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    /** A body of three bytes, each after that wait. */
    private byte[] readAfter(Duration wait) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v1/works");
        request.setContent(new byte[] {1, 2, 3});
        byte[][] read = new byte[1][3];
        FilterChain reader = (filtered, response) -> {
            InputStream body = filtered.getInputStream();
            for (int i = 0; i < 3; i++) {
                nanos.addAndGet(wait.toNanos());
                read[0][i] = (byte) body.read();
            }
        };
        new BodyLimitFilter(SETTINGS, nanos::get).doFilter(request, new MockHttpServletResponse(), reader);
        return read[0];
    }

    @Test
    void aBodyThatComesInTimeIsRead() throws Exception {
        assertThat(readAfter(Duration.ofSeconds(10))).containsExactly(1, 2, 3);
    }

    @Test
    void aBodyThatTricklesIsGivenUp() {
        assertThatThrownBy(() -> readAfter(Duration.ofSeconds(11)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BODY_TOO_SLOW));
    }
}
