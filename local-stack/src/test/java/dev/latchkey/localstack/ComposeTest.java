package dev.latchkey.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A variable that Compose does not pass on is set in vain, and nobody is told. */
class ComposeTest {

    private static final Path ROOT = Path.of("..");

    /** Ports inside are fixed; pages of Swagger UI are refused in production. */
    private static final Set<String> NOT_IN_COMPOSE =
            Set.of("LATCHKEY_API_PORT", "LATCHKEY_MANAGEMENT_PORT", "LATCHKEY_SWAGGER_UI");

    /** Says what else is set in Compose itself, and is nobody's to choose; others are for an override file. */
    private static final Set<String> NOT_IN_THE_EXAMPLE = Set.of(
            "ENABLE_INTERNAL_OPS_ROUTES",
            "ENABLE_DEBUG_ROUTES",
            "ALLOW_INTERNAL_ROUTES_IN_PRODUCTION",
            "LATCHKEY_LOG_FORMAT",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "OTEL_TRACES_SAMPLER_ARG");

    @Test
    void composePassesOnWhateverTheApiTakes() throws IOException {
        String api = read("docker-compose.yml").split("\n  api:\n", -1)[1];
        Set<String> passed = found("^ {6}([A-Z][A-Z0-9_]+):", api);

        Set<String> taken = found("\\$\\{([A-Z][A-Z0-9_]+)", read("resource-api/src/main/resources/application.yaml"));
        taken.removeAll(NOT_IN_COMPOSE);
        assertThat(taken).hasSizeGreaterThan(30);
        assertThat(passed).containsAll(taken).contains("SERVER_FORWARD_HEADERS_STRATEGY");
    }

    @Test
    void theExampleNamesWhateverComposeTakes() throws IOException {
        String compose = read("docker-compose.yml");
        Set<String> taken = found("\\$\\{([A-Z][A-Z0-9_]+)", compose);
        taken.addAll(found("^ +([A-Z][A-Z0-9_]+):$", compose));
        taken.removeAll(NOT_IN_THE_EXAMPLE);

        assertThat(found("^(?:# )?([A-Z][A-Z0-9_]+)=", read(".env.example"))).containsAll(taken);
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(found::add);
        return found;
    }
}
