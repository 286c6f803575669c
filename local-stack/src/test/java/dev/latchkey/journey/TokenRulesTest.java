package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of rules names tests that there are, and they say which rule they are about. */
class TokenRulesTest {

    private static final Path PROJECT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+)`");
    private static final Pattern SECTION = Pattern.compile("(?:(RFC \\d+) )?(§[\\d.]*\\d)");

    record Rule(String sections, String tests) {

        /** Patterns of the RFCs, and of the sections, which a test may name apart from them. */
        Stream<String> citations() {
            return SECTION.matcher(sections)
                    .results()
                    .flatMap(section -> Stream.of(section.group(1), section.group(2)))
                    .filter(Objects::nonNull)
                    .map(citation -> Pattern.quote(citation) + "\\b");
        }
    }

    static Stream<Rule> rules() throws IOException {
        return Files.readAllLines(PROJECT.resolve("docs/reference/token-rules.md")).stream()
                .filter(line -> line.startsWith("| RFC"))
                .map(line -> line.split("\\|"))
                .map(cells -> new Rule(cells[1].strip(), cells[cells.length - 1].strip()));
    }

    @Test
    void theTableIsRead() throws IOException {
        assertThat(rules()).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleHasTestsThatCiteIt(Rule rule) {
        List<String> names =
                TEST.matcher(rule.tests()).results().map(test -> test.group(1)).toList();
        String sources =
                String.join("\n", names.stream().map(TokenRulesTest::source).toList());

        assertThat(names).isNotEmpty();
        assertThat(rule.citations())
                .isNotEmpty()
                .allSatisfy(citation -> assertThat(sources).containsPattern(citation));
    }

    private static String source(String test) {
        List<Path> found = Stream.of("resource-api/src/test", "local-stack/src/test", "local-stack/src/browser")
                .flatMap(directory -> find(PROJECT.resolve(directory), test + ".java"))
                .toList();
        assertThat(found).as(test).hasSize(1);
        try {
            return Files.readString(found.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> find(Path directory, String name) {
        try {
            return Files.find(directory, 20, (path, attributes) -> path.endsWith(name)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
