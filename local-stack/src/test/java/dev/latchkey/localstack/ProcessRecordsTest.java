package dev.latchkey.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordsTest {

    private static final Duration GRACE = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private Process process;

    @BeforeEach
    void start() throws IOException {
        Path sleeper = Files.writeString(
                directory.resolve("Sleeper.java"),
                "class Sleeper { public static void main(String[] a) throws Exception { Thread.sleep(60_000); } }");
        process = new ProcessBuilder(List.of(JavaProgram.path(), sleeper.toString())).start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void endLeftoversWhenProcessIsTheOneRecordedThenEndsIt() throws Exception {
        ProcessRecords records = new ProcessRecords(directory);
        records.remember("sleeper", process.toHandle());

        assertThat(records.endLeftovers(GRACE)).isEqualTo(1);
        assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(records.endLeftovers(GRACE)).isZero();
    }

    @Test
    void endLeftoversWhenNumberWasGivenToAnotherProcessThenLeavesItAlone() throws Exception {
        Files.writeString(directory.resolve("sleeper.processes"), process.pid() + " 1000000000000\n");

        assertThat(new ProcessRecords(directory).endLeftovers(GRACE)).isZero();
        assertThat(process.isAlive()).isTrue();
    }
}
