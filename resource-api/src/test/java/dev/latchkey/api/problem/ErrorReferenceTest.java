package dev.latchkey.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorReferenceTest {

    private static final Path REFERENCE = Path.of("../docs/reference/errors.md");

    @Test
    void everyCodeHasItsRowAndEveryRowItsCode() throws IOException {
        List<String> rows = Files.readAllLines(REFERENCE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceAll("^\\| `([a-z_]+)` \\| (\\d{3}) \\|.*", "$1 $2"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(ErrorCode.values())
                        .map(code -> code.code() + " " + code.status().value())
                        .toList());
    }
}
