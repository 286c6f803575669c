package dev.latchkey.api.openapi;

import dev.latchkey.api.page.Cursor;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Headers and parameters that many operations have in common, as components. */
final class Headers {

    static final String NAME = "^[A-Za-z0-9._-]{1,64}$";

    private static final String DEVICE = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
    private static final String TRACE = "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$";
    private static final String TRACE_EXAMPLE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String REQUEST_EXAMPLE = "2c67370d-1989-4dfe-98dd-ec5ae2f88fd9";
    private static final String DEVICE_EXAMPLE = "0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Headers() {}

    static void ref(ObjectNode headers, String name) {
        headers.putObject(name).put("$ref", "#/components/headers/" + name);
    }

    static ObjectNode parameter(String name) {
        return NODES.objectNode().put("$ref", "#/components/parameters/" + name);
    }

    static ObjectNode text(String pattern) {
        ObjectNode schema = NODES.objectNode().put("type", "string");
        return pattern == null ? schema : schema.put("pattern", pattern);
    }

    static ObjectNode parameters() {
        ObjectNode all = NODES.objectNode();
        ObjectNode limit = NODES.objectNode().put("type", "integer");
        describe(
                all,
                "limit",
                "query",
                "Most rows of a page",
                "20",
                limit.put("minimum", 1).put("maximum", 100).put("default", 20));
        String cursor = new Cursor(Instant.parse(Examples.TIME), UUID.fromString(Examples.ID)).toString();
        describe(all, "cursor", "query", "The next_cursor of the page before", cursor, text("^[A-Za-z0-9_-]{32}$"));
        describe(
                all,
                "If-Match",
                "header",
                "The ETag of the version that is to be changed; another one is 412",
                "\"0\"",
                text(null));
        describe(
                all,
                "If-None-Match",
                "header",
                "The ETag of what the caller has; the same is 304",
                "\"7\"",
                text(null));
        describe(
                all,
                "Idempotency-Key",
                "header",
                "Sent again with the same body, it is answered as the first time for 30 days",
                "8e03978e-40d5-43dd-bc93-6894a57f9324",
                text("^[\\x21-\\x7e]{1,128}$"));
        describe(
                all,
                "X-Request-Id",
                "header",
                "Names the request in logs and in the audit",
                REQUEST_EXAMPLE,
                text(NAME));
        describe(all, "X-Session-Id", "header", "Names the client's session in logs", "s-1", text(NAME));
        describe(
                all,
                "X-Device-Id",
                "header",
                "Names the device in logs and in the audit",
                DEVICE_EXAMPLE,
                text(DEVICE));
        describe(all, "traceparent", "header", "W3C trace context", TRACE_EXAMPLE, text(TRACE));
        return all;
    }

    private static void describe(
            ObjectNode all, String name, String in, String description, String example, ObjectNode schema) {
        ObjectNode parameter =
                all.putObject(name).put("name", name).put("in", in).put("description", description);
        parameter.set("schema", schema);
        if (schema.path("type").stringValue().equals("integer")) {
            parameter.put("example", Integer.parseInt(example));
        } else {
            parameter.put("example", example);
        }
    }

    static ObjectNode headers() {
        ObjectNode all = NODES.objectNode();
        header(all, "X-Request-Id", "As the caller named the request, or as the API did", text(NAME));
        header(all, "ETag", "The version, for If-Match and If-None-Match", text(null));
        header(all, "Location", "The address of what was created", text(null));
        header(
                all,
                "Retry-After",
                "Seconds",
                NODES.objectNode().put("type", "integer").put("minimum", 0));
        header(
                all,
                "RateLimit",
                "What is left of the scarcer budget (draft-ietf-httpapi-ratelimit-headers-10)",
                text(null));
        header(all, "RateLimit-Policy", "That budget a minute", text(null));
        header(all, "WWW-Authenticate", "RFC 6750, RFC 9728, RFC 9449", text(null));
        header(all, "DPoP-Nonce", "For the next proof (RFC 9449)", text(null));
        return all;
    }

    private static void header(ObjectNode all, String name, String description, ObjectNode schema) {
        all.putObject(name).put("description", description).set("schema", schema);
    }
}
