package dev.latchkey.api.openapi;

import dev.latchkey.api.problem.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The problems of the API: one response for each status, with the codes that it may have. */
final class Problems {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<HttpStatus, List<ErrorCode>> codes = Arrays.stream(ErrorCode.values())
            .collect(Collectors.groupingBy(ErrorCode::status, TreeMap::new, Collectors.toList()));

    static String nameOf(HttpStatus status) {
        return "Problem" + status.value();
    }

    Iterable<HttpStatus> statuses() {
        return codes.keySet();
    }

    /** Components of both kinds by name: the answer, and the schema of its body. */
    void describe(ObjectNode responses, ObjectNode schemas) {
        schemas.set("FieldError", fieldError());
        codes.forEach((status, known) -> {
            String name = nameOf(status);
            schemas.set(name, schema(status, known));
            ObjectNode response = responses.putObject(name).put("description", status.getReasonPhrase());
            ObjectNode headers = response.putObject("headers");
            Headers.ref(headers, "X-Request-Id");
            switch (status) {
                case UNAUTHORIZED -> {
                    Headers.ref(headers, "WWW-Authenticate");
                    Headers.ref(headers, "DPoP-Nonce");
                }
                case TOO_MANY_REQUESTS -> {
                    Headers.ref(headers, "Retry-After");
                    Headers.ref(headers, "RateLimit");
                    Headers.ref(headers, "RateLimit-Policy");
                }
                case SERVICE_UNAVAILABLE -> Headers.ref(headers, "Retry-After");
                default -> {}
            }
            ObjectNode content = response.putObject("content").putObject(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            content.putObject("schema").put("$ref", "#/components/schemas/" + name);
            content.set("example", example(known.get(0)));
        });
    }

    private static ObjectNode schema(HttpStatus status, List<ErrorCode> codes) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("type").put("const", "about:blank");
        properties.putObject("title").put("const", status.getReasonPhrase());
        properties.putObject("status").put("const", status.value());
        properties
                .putObject("code")
                .put("type", "string")
                .set("enum", Schemas.array(codes.stream().map(ErrorCode::code).toList()));
        properties.putObject("detail").put("type", "string");
        ObjectNode errors = properties.putObject("errors").put("type", "array");
        errors.putObject("items").put("$ref", "#/components/schemas/FieldError");
        if (status == HttpStatus.FORBIDDEN) {
            member(
                    properties,
                    "tier_required",
                    "string",
                    "Of entitlement_required and quota_exceeded: the lowest tier that would do, if any");
            member(properties, "entitlement", "string", "Of entitlement_required");
            member(properties, "quota", "string", "Of quota_exceeded: what is counted");
            member(properties, "limit", "integer", "Of quota_exceeded: how many there can be");
        }
        properties.putObject("request_id").put("type", "string").put("pattern", Headers.NAME);
        schema.set("required", Schemas.array(List.of("type", "title", "status", "code", "detail", "request_id")));
        return schema.put("additionalProperties", false);
    }

    private static void member(ObjectNode properties, String name, String type, String description) {
        properties.putObject(name).put("type", type).put("description", description);
    }

    /** Either of both is there. */
    private static ObjectNode fieldError() {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties
                .putObject("pointer")
                .put("type", "string")
                .put("description", "JSON pointer into the body as a URI fragment");
        properties
                .putObject("parameter")
                .put("type", "string")
                .put("description", "Name of a parameter of the path, the query or a header");
        properties.putObject("detail").put("type", "string");
        schema.set("required", Schemas.array(List.of("detail")));
        schema.put("additionalProperties", false);
        schema.putArray("oneOf")
                .add(NODES.objectNode().set("required", Schemas.array(List.of("pointer"))))
                .add(NODES.objectNode().set("required", Schemas.array(List.of("parameter"))));
        return schema;
    }

    private static ObjectNode example(ErrorCode code) {
        return NODES.objectNode()
                .put("type", "about:blank")
                .put("title", code.status().getReasonPhrase())
                .put("status", code.status().value())
                .put("code", code.code())
                .put("detail", code.detail())
                .put("request_id", "2c67370d-1989-4dfe-98dd-ec5ae2f88fd9");
    }
}
