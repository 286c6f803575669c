package dev.latchkey.keycloak.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keycloak.identity.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published vectors are the contract: this test reads them from the document. */
class ActorUidTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "claims.md");
    private static final Pattern VECTOR =
            Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\| `([^`]+)` \\| `([A-Za-z0-9_-]{43})` \\|");

    record Vector(String secret, String provider, String subject, String actorUid) {}

    static List<Vector> published() throws IOException {
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            return lines.map(VECTOR::matcher)
                    .filter(matcher -> matcher.matches())
                    .map(matcher -> new Vector(
                            matcher.group(1).translateEscapes(), matcher.group(2), matcher.group(3), matcher.group(4)))
                    .toList();
        }
    }

    @Test
    void documentPublishesVectors() throws IOException {
        assertThat(published()).hasSizeGreaterThanOrEqualTo(6);
    }

    @ParameterizedTest
    @MethodSource("published")
    void deriveWhenPublishedVectorThenPublishedValue(Vector vector) {
        Identity identity = new Identity(vector.provider(), vector.subject());
        assertThat(ActorUid.derive(ActorKey.of(vector.secret()), identity)).isEqualTo(vector.actorUid());
    }
}
