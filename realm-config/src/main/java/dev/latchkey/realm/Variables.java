package dev.latchkey.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.StringPropertyReplacer;

/**
 * Fills in <code>${NAME}</code> and <code>${NAME:default}</code> as Keycloak's own import does, but value by value, so that a quotation mark
 * in a secret cannot change the document, and no variable may be missing. What is not written in capitals is for Keycloak itself
 * (<code>${CLAIM.sub}</code>, <code>${username}</code>).
 */
final class Variables {

    private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");

    private final Map<String, String> values;
    private final SortedSet<String> missing = new TreeSet<>();

    private Variables(Map<String, String> values) {
        this.values = values;
    }

    /** @throws MissingVariableException naming all that are missing or empty */
    static ObjectNode expand(ObjectNode document, Map<String, String> values) {
        Variables variables = new Variables(values);
        ObjectNode expanded = variables.expandObject(document);
        if (!variables.missing.isEmpty()) {
            throw new MissingVariableException(variables.missing);
        }
        return expanded;
    }

    private JsonNode expand(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return expandObject(object);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode expanded = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> expanded.add(expand(element)));
            return expanded;
        }
        return node instanceof TextNode text ? TextNode.valueOf(expand(text.textValue())) : node;
    }

    private ObjectNode expandObject(ObjectNode object) {
        ObjectNode expanded = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(entry -> expanded.set(entry.getKey(), expand(entry.getValue())));
        return expanded;
    }

    private String expand(String text) {
        String expanded = StringPropertyReplacer.replaceProperties(text, this::value);
        Matcher unresolved = UNRESOLVED.matcher(expanded);
        while (unresolved.find()) {
            missing.add(unresolved.group(1));
        }
        return expanded;
    }

    private @Nullable String value(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
