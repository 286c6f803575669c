package dev.latchkey.realm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a declaration changes in something that Keycloak has.
 *
 * @param <T> the representation of such a thing
 */
final class Difference<T> {

    static final ObjectMapper JSON = new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    /** What the admin API shows instead of a secret, and takes for "as it is". */
    private static final String MASKED = "**********";

    private final ObjectNode current;
    private final ObjectNode wanted;
    private final ObjectNode visible;
    private final Class<T> type;

    private Difference(ObjectNode current, ObjectNode wanted, Class<T> type) {
        this.current = current;
        this.wanted = wanted;
        this.visible = likeShown(current, wanted);
        this.type = type;
    }

    static <T> Difference<T> between(T current, ObjectNode declared, Class<T> type) {
        ObjectNode tree = JSON.valueToTree(current);
        // Through the type and back, because JSON trees tell an int from a long.
        T wanted = read(JsonOverlay.merge(tree, declared), type);
        return new Difference<>(tree, JSON.valueToTree(wanted), type);
    }

    /** The declaration with its {@code config} complete: what the current one has besides is to go. */
    static ObjectNode withExactConfig(JsonNode declared, Map<String, String> current) {
        ObjectNode exact = declared.deepCopy();
        ObjectNode config = exact.withObject("config");
        current.keySet().stream().filter(key -> !config.has(key)).forEach(config::putNull);
        return exact;
    }

    /** The representation that a declaration stands for; an unknown key is an {@link IllegalArgumentException}. */
    static <T> T read(JsonNode declared, Class<T> type) {
        return JSON.convertValue(declared, type);
    }

    static <T> T read(String declared, Class<T> type) {
        try {
            return JSON.readValue(declared, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Writes what is wanted if that changes something or may do so: whether a secret is a new one, Keycloak does not tell.
     *
     * @param thing what is reported as changed; a secret written alone is not
     */
    void write(String thing, Changes changes, Consumer<T> update) {
        List<String> keys = keys().toList();
        if (!keys.isEmpty()) {
            changes.updated(thing, keys);
        }
        if (!keys.isEmpty() || !visible.equals(wanted)) {
            update.accept(read(wanted, type));
        }
    }

    private Stream<String> keys() {
        return visible.properties().stream()
                .filter(entry -> !entry.getValue().equals(current.get(entry.getKey())))
                .map(Map.Entry::getKey);
    }

    /** Secrets masked as they are shown; and an empty text, which Keycloak does not keep, left out. */
    private static ObjectNode likeShown(ObjectNode current, ObjectNode wanted) {
        ObjectNode shown = wanted.deepCopy();
        for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
            String key = entry.getKey();
            JsonNode now = current.get(key);
            if (now == null
                    && entry.getValue().isTextual()
                    && entry.getValue().textValue().isEmpty()) {
                shown.remove(key);
            } else if (now != null && MASKED.equals(now.textValue())) {
                shown.put(key, MASKED);
            } else if (now instanceof ObjectNode nowObject && entry.getValue() instanceof ObjectNode wantedObject) {
                shown.set(key, likeShown(nowObject, wantedObject));
            }
        }
        return shown;
    }
}
