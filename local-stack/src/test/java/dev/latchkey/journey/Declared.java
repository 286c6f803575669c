package dev.latchkey.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Compares what is declared with what Keycloak exports, which has ids and defaults besides. */
final class Declared {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an export shows instead of a secret. */
    private static final String MASKED = "**********";

    /** The first tells the import what to do and is not kept, the second is kept and not exported. */
    private static final Set<String> NOT_EXPORTED =
            Set.of("/attributes/CreateDefaultClientScopes", "/localizationTexts");

    private final List<String> differences = new ArrayList<>();

    private Declared() {}

    /** One line for every declared value that the export has not, or has another of. */
    static List<String> differences(String declared, Object exported) throws JsonProcessingException {
        Declared comparison = new Declared();
        comparison.compare("", JSON.readTree(declared), JSON.valueToTree(exported));
        return comparison.differences;
    }

    private void compare(String path, JsonNode declared, JsonNode exported) {
        if (NOT_EXPORTED.contains(path) || isEmptyText(declared) && exported.isMissingNode()) {
            return;
        }
        if (declared.isObject()) {
            declared.properties()
                    .forEach(entry ->
                            compare(path + "/" + entry.getKey(), entry.getValue(), exported.path(entry.getKey())));
        } else if (declared.isArray()) {
            compareLists(path, declared, exported);
        } else if (parsed(declared).isPresent() && parsed(exported).isPresent()) {
            compare(path, parsed(declared).get(), parsed(exported).get());
        } else if (!declared.asText().equals(exported.asText(null)) && !MASKED.equals(exported.asText())) {
            differences.add("%s: declared %s, exported %s".formatted(path, declared, exported));
        }
    }

    private void compareLists(String path, JsonNode declared, JsonNode exported) {
        for (int i = 0; i < declared.size(); i++) {
            JsonNode element = declared.get(i);
            String name = name(element);
            if (parsed(element).isPresent()) {
                compare(path + "/" + i, element, exported.path(i));
            } else if (!element.isObject()) {
                if (elements(exported).noneMatch(other -> other.asText().equals(element.asText()))) {
                    differences.add("%s: declared %s, exported %s".formatted(path, element, exported));
                }
            } else if (name.isEmpty()) {
                compare(path + "/" + i, element, exported.path(i));
            } else {
                JsonNode same = elements(exported)
                        .filter(other -> name(other).equals(name))
                        .findFirst()
                        .orElse(JSON.missingNode());
                compare(path + "/" + name, element, same);
            }
        }
    }

    private static String name(JsonNode element) {
        return Stream.of("clientId", "identityProviderAlias", "alias", "name")
                .map(key -> element.path(key).asText())
                .reduce("", String::concat);
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static boolean isEmptyText(JsonNode node) {
        return node.isTextual() && node.asText().isEmpty();
    }

    /** The user profile is a document within a text. */
    private static Optional<JsonNode> parsed(JsonNode text) {
        if (!text.asText().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(text.asText()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
