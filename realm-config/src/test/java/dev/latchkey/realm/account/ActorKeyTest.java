package dev.latchkey.realm.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ActorKeyTest {

    private static final Pattern VECTOR =
            Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\| `([^`]+)` \\| `([A-Za-z0-9_-]{43})` \\|");

    @Test
    void derivesWhatIsPublished() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reference", "claims.md"));
        List<MatchResult> vectors = VECTOR.matcher(page).results().toList();

        assertThat(vectors).hasSizeGreaterThanOrEqualTo(6).allSatisfy(vector -> {
            ActorKey key = new ActorKey(vector.group(1).translateEscapes());
            String identity = vector.group(2) + ":" + vector.group(3);
            assertThat(key.derives(vector.group(4), identity)).isTrue();
            assertThat(key.derives(vector.group(4), identity + "0")).isFalse();
        });
    }

    @Test
    void refusesASecretThatCannotBeInUse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ActorKey("a".repeat(31) + "\n"))
                .withMessageContaining("31 bytes");
    }
}
