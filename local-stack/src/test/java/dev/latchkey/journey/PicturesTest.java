package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation's pictures are copies of those that browser tests take. */
class PicturesTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Path IMAGES = DOCS.resolve("images");
    private static final Pattern PICTURE = Pattern.compile("]\\(\\.\\./images/([^)]+)\\)");
    private static final long LARGEST_BYTES = 150_000;

    @Test
    void everyPictureIsNamedAndEveryNameHasOne() throws IOException {
        Set<String> named;
        try (Stream<Path> files = Files.walk(DOCS)) {
            named = files.filter(file -> file.toString().endsWith(".md"))
                    .map(PicturesTest::read)
                    .flatMap(text -> PICTURE.matcher(text).results().map(result -> result.group(1)))
                    .collect(Collectors.toSet());
        }
        assertThat(pictures())
                .isNotEmpty()
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void picturesAreSmall() throws IOException {
        assertThat(pictures())
                .allSatisfy(
                        file -> assertThat(Files.size(file)).as(file.toString()).isLessThan(LARGEST_BYTES));
    }

    private static List<Path> pictures() throws IOException {
        try (Stream<Path> files = Files.list(IMAGES)) {
            return files.toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
