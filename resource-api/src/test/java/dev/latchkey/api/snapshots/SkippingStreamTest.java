package dev.latchkey.api.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SkippingStreamTest {

    private static final byte[] BYTES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    private final List<Long> opened = new ArrayList<>();

    private SkippingStream stream(int size) {
        return new SkippingStream(size, from -> {
            opened.add(from);
            return new ByteArrayInputStream(BYTES, (int) from, BYTES.length - (int) from);
        });
    }

    @Test
    void whenTheBeginningIsSkipped_thenItIsOpenedBehindIt() throws IOException {
        try (InputStream stream = stream(10)) {
            stream.skipNBytes(3);
            stream.skipNBytes(4);

            assertThat(stream.readNBytes(3)).containsExactly(7, 8, 9);
        }
        assertThat(opened).containsExactly(7L);
    }

    @Test
    void whenSomethingIsSkippedLater_thenThatIsNotReadEither() throws IOException {
        try (InputStream stream = stream(10)) {
            assertThat(stream.read()).isZero();
            stream.skipNBytes(7);
            assertThat(stream.readAllBytes()).containsExactly(8, 9);
        }
        assertThat(opened).containsExactly(0L, 8L);
    }

    @Test
    void whenNothingIsRead_thenNothingIsOpened() throws IOException {
        try (InputStream stream = stream(10)) {
            assertThat(stream.skip(100)).isEqualTo(10);
            assertThat(stream.read()).isEqualTo(-1);
        }
        assertThat(opened).isEmpty();
    }

    @Test
    void whenItEndsBeforeItsEndOrBreaks_thenThatIsNoEnd() {
        assertThatThrownBy(() -> stream(11).readAllBytes()).hasMessage("unavailable");
        InputStream broken = new SkippingStream(1, from -> new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException();
            }
        });
        assertThatThrownBy(broken::readAllBytes).hasMessage("unavailable");
    }
}
