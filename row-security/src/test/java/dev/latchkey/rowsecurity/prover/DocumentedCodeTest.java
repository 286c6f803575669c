package dev.latchkey.rowsecurity.prover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference's code is taken from tests that run it, word for word. */
class DocumentedCodeTest {

    private static final Path REFERENCE = Path.of("../docs/reference/prove-isolation.md");
    private static final Path TESTS = Path.of("src/test/java/dev/latchkey/rowsecurity/prover");
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyExampleOfTheReferenceStandsInATest() throws IOException {
        List<String> tests;
        try (Stream<Path> files = Files.list(TESTS)) {
            tests = files.filter(Files::isRegularFile)
                    .map(DocumentedCodeTest::words)
                    .toList();
        }

        assertThat(CODE.matcher(Files.readString(REFERENCE)).results())
                .extracting(example -> words(example.group(1)))
                .hasSize(3)
                .allSatisfy(example ->
                        assertThat(tests).anySatisfy(test -> assertThat(test).contains(example)));
    }

    private static String words(Path file) {
        try {
            return words(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Wherever a formatter breaks the lines. */
    private static String words(String code) {
        return code.replaceAll("\\s+", " ").trim();
    }
}
