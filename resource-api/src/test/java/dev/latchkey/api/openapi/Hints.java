package dev.latchkey.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the code does not say of itself: {@code operations.json}, by method and path, and good examples, by the names of fields. */
record Hints(Map<String, JsonNode> examples, Map<String, Operation> operations) {

    private static final String TABLES = "/v1/{table}";

    static Hints read() {
        try (InputStream file = Hints.class.getResourceAsStream("/openapi/operations.json")) {
            return JsonMapper.shared().readValue(file, Hints.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param table the table whose operations have the hints of all tables; null for another address */
    Operation of(String method, String path, String table) {
        String known = table == null ? path : TABLES + path.substring(("/v1/" + table).length());
        Operation hint = operations.get(method + " " + known);
        if (hint == null) {
            throw new IllegalStateException(
                    "Say in src/test/resources/openapi/operations.json what \"" + method + " " + path + "\" does");
        }
        return hint;
    }

    ObjectNode exemplified(String name, ObjectNode schema) {
        JsonNode example = examples.get(name);
        if (example != null && !schema.has("enum")) {
            schema.putArray("examples").add(example);
        }
        return schema;
    }

    /**
     * What an operation does.
     *
     * @param summary one line; {@code {table}} is the table's name
     * @param status of its success, if that is not 200
     * @param body class of a body that the method takes as a mere object
     * @param parts classes of what the body's fields have in them as mere objects
     * @param example of the body, if one that is made from its schema does not do
     * @param answer example of the answer, likewise
     * @param type of the answer, if it is not JSON
     */
    record Operation(
            String summary,
            String description,
            List<Integer> status,
            String body,
            Map<String, String> parts,
            JsonNode example,
            JsonNode answer,
            String type) {}
}
