package dev.latchkey.api.openapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Values that a schema allows, the same each time. */
final class Examples {

    static final String ID = "7c4b8076-1647-4d96-a466-e32ddbe1aa52";
    static final String TIME = "2026-01-31T09:30:00Z";
    static final String SHA_256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode document;

    /** @param document in which references are looked up */
    Examples(JsonNode document) {
        this.document = document;
    }

    JsonNode of(JsonNode schema) {
        return of("text", schema);
    }

    private JsonNode of(String name, JsonNode schema) {
        if (schema.has("$ref")) {
            return of(name, document.at(schema.path("$ref").stringValue().substring(1)));
        }
        if (schema.has("examples")) {
            return schema.path("examples").path(0);
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).stringValue() : type.stringValue()) {
            case "boolean" -> NODES.booleanNode(true);
            case "integer" -> NODES.numberNode(Math.max(schema.path("minimum").asLong(0), 0));
            case "array" -> NODES.arrayNode().add(of(name, schema.path("items")));
            case "object" -> object(schema);
            default -> text(name, schema);
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode example = NODES.objectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> example.set(property.getKey(), of(property.getKey(), property.getValue())));
        return example;
    }

    private static JsonNode text(String name, JsonNode schema) {
        String example = switch (schema.path("format").asString("")) {
            case "uuid" -> ID;
            case "date-time" -> TIME;
            default -> schema.path("pattern").asString("").contains("{64}") ? SHA_256 : name;
        };
        return StringNode.valueOf(example);
    }
}
