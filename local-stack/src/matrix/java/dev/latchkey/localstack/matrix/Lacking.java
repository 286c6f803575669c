package dev.latchkey.localstack.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What is not tested on a Keycloak because that lacks it: a row of the table in {@code docs/reference/keycloak-versions.md}.
 *
 * @param test a class, or a nested class or method in one, separated by dots
 * @param minors of Keycloak, such as 26.5
 */
record Lacking(String test, Set<String> minors, String why) {

    static final String REASON = "Keycloak lacks what it is about: ";

    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+IT[\\w.]*)` \\| ([\\d., ]+) \\| (.+) \\|$", Pattern.MULTILINE);

    static List<Lacking> on(String version) {
        try (InputStream page = Objects.requireNonNull(Lacking.class.getResourceAsStream("/keycloak-versions.md"))) {
            return ROW.matcher(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(Lacking::of)
                    .filter(row -> row.minors.contains(version.replaceFirst("\\.\\d+$", "")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Lacking of(MatchResult row) {
        return new Lacking(row.group(1), Set.of(row.group(2).split(", ")), row.group(3));
    }

    /** In the reports of the tests. */
    String reason() {
        return REASON + test + ": " + why;
    }
}
