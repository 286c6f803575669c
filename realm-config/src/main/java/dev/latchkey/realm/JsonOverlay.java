package dev.latchkey.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lays one JSON document over another: objects are merged key by key, null removes a key (both as in RFC 7396), lists of named things
 * (clients, brokers, scopes, users) are merged by their names, and any other list is replaced.
 */
final class JsonOverlay {

    /** What tells one element of a list from another, the first that it has. */
    private static final List<List<String>> IDENTITIES = List.of(
            List.of("clientId"),
            List.of("identityProviderAlias", "name"),
            List.of("alias"),
            List.of("username"),
            List.of("name"));

    private JsonOverlay() {}

    static ObjectNode merge(ObjectNode base, ObjectNode overlay) {
        ObjectNode merged = base.deepCopy();
        for (Map.Entry<String, JsonNode> entry : overlay.properties()) {
            String key = entry.getKey();
            if (entry.getValue().isNull()) {
                merged.remove(key);
            } else {
                merged.set(key, merge(merged.get(key), entry.getValue()));
            }
        }
        return merged;
    }

    private static JsonNode merge(@Nullable JsonNode base, JsonNode overlay) {
        if (base instanceof ObjectNode baseObject && overlay instanceof ObjectNode overlayObject) {
            return merge(baseObject, overlayObject);
        }
        if (base instanceof ArrayNode baseArray && overlay instanceof ArrayNode overlayArray) {
            return merge(baseArray, overlayArray);
        }
        return overlay.deepCopy();
    }

    private static JsonNode merge(ArrayNode base, ArrayNode overlay) {
        if (areSameValues(base, overlay)) {
            // Keycloak returns sets in any order.
            return base;
        }
        Map<String, JsonNode> named = new LinkedHashMap<>();
        for (ArrayNode list : List.of(base, overlay)) {
            for (JsonNode element : list) {
                Optional<String> identity = identity(element);
                if (identity.isEmpty()) {
                    return overlay.deepCopy();
                }
                named.merge(identity.get(), element, JsonOverlay::merge);
            }
        }
        return JsonNodeFactory.instance.arrayNode().addAll(named.values());
    }

    private static boolean areSameValues(ArrayNode base, ArrayNode overlay) {
        return base.size() == overlay.size() && values(base).equals(values(overlay));
    }

    private static Set<JsonNode> values(ArrayNode list) {
        return StreamSupport.stream(list.spliterator(), false).collect(Collectors.toSet());
    }

    private static Optional<String> identity(JsonNode element) {
        return IDENTITIES.stream()
                .filter(keys -> keys.stream().allMatch(element::has))
                .findFirst()
                .map(keys -> keys.stream().map(key -> element.get(key).asText()).collect(Collectors.joining("\n")));
    }
}
