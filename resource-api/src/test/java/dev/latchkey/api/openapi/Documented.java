package dev.latchkey.api.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the document allows. */
final class Documented {

    private static final SchemaRegistry JSON_SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    Documented(JsonNode document) {
        this.document = document;
    }

    static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").stringValue().substring(1)) : node;
    }

    JsonNode resolved(JsonNode node) {
        return resolved(document, node);
    }

    /** Missing if that status is not documented of it, nor of what it is with another method. */
    JsonNode response(Attack attack, int status) {
        JsonNode other = document.path("paths")
                .path(attack.call().path())
                .path(attack.method().toLowerCase(Locale.ROOT));
        JsonNode operation = other.isMissingNode() ? attack.call().operation() : other;
        return resolved(operation.path("responses").path(String.valueOf(status)));
    }

    JsonNode document() {
        return document;
    }

    JsonNode problem(int status) {
        return document.at("/components/schemas/Problem" + status);
    }

    /** What in it breaks the schema. */
    List<Error> violations(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::whole)
                .validate(value, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)));
    }

    private Schema whole(JsonNode schema) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", document.path("components"));
        return JSON_SCHEMA.getSchema(whole);
    }
}
