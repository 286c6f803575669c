package dev.latchkey.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCauseTest {

    @TempDir
    Path directory;

    private String cause(String log) throws IOException {
        return LogCause.in(Files.writeString(directory.resolve("log"), log));
    }

    @Test
    void inWhenCauseIsKnownThenSaysWhatToDo() throws IOException {
        assertThat(cause("start\njava.io.IOException: No space left on device\n\tat x\nbye\n"))
                .contains("disk is full", "LATCHKEY_STATE");
    }

    @Test
    void inWhenExceptionsAreNestedThenInnermost() throws IOException {
        assertThat(cause("ERROR outer\nx.Exception: a\nCaused by: y.Exception: b\nCaused by: z.Exception: c\n\tat q\n"))
                .isEqualTo("Caused by: z.Exception: c");
    }

    @Test
    void inWhenNothingTellsThenLastWords() throws IOException {
        assertThat(cause("one\ntwo\n")).isEqualTo("its last words were: two");
        assertThat(cause("")).isEqualTo("it wrote nothing");
        assertThat(LogCause.in(directory.resolve("none"))).isEqualTo("its log cannot be read");
    }
}
