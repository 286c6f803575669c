package dev.latchkey.api.openapi;

import dev.latchkey.api.document.Sha256;
import dev.latchkey.api.page.Page;
import dev.latchkey.api.page.PageRequest;
import dev.latchkey.api.receipts.Idempotency;
import dev.latchkey.api.table.Filter;
import dev.latchkey.api.table.RowView;
import dev.latchkey.api.table.Table;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One operation of the document: a method of a controller at one of its addresses. */
final class Operation {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final List<String> CORRELATION =
            List.of("X-Request-Id", "X-Session-Id", "X-Device-Id", "traceparent");

    /** RFC 9562, versions 1 to 8: what somebody made. */
    private static final String MADE_UUID =
            "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$";

    private final OpenApiDocument document;
    private final String path;
    private final RequestMethod method;
    private final RequestMappingInfo mapping;
    private final HandlerMethod handler;
    private final String tableName;
    private final Hints.Operation hint;
    private final ResolvableType answer;
    private final boolean isResponse;

    Operation(
            OpenApiDocument document,
            String path,
            RequestMethod method,
            RequestMappingInfo mapping,
            HandlerMethod handler) {
        this.document = document;
        this.path = path;
        this.method = method;
        this.mapping = mapping;
        this.handler = handler;
        this.tableName = document.tableName(handler);
        this.hint = document.hints().of(method.name(), path, tableName);
        Method java = handler.getMethod();
        ResolvableType type = ResolvableType.forMethodReturnType(java, handler.getBeanType());
        this.isResponse = type.resolve() == ResponseEntity.class;
        this.answer = isResponse ? type.getGeneric(0) : type;
    }

    ObjectNode describe() {
        ObjectNode operation = NODES.objectNode();
        String tag = path.split("/")[2];
        operation.putArray("tags").add(tag);
        operation.put("operationId", tag + "_" + handler.getMethod().getName());
        operation.put("summary", hint.summary().replace("{table}", String.valueOf(tableName)));
        if (hint.description() != null) {
            operation.put("description", hint.description());
        }
        ArrayNode parameters = operation.putArray("parameters");
        pathParameters(parameters);
        queryParameters(parameters);
        if (takesIfMatch()) {
            parameters.add(Headers.parameter("If-Match"));
        }
        if (isVersioned() && method == RequestMethod.GET) {
            parameters.add(Headers.parameter("If-None-Match"));
        }
        if (takesKey()) {
            parameters.add(Headers.parameter(Idempotency.KEY));
        }
        CORRELATION.forEach(name -> parameters.add(Headers.parameter(name)));
        if (takes(InputStream.class)) {
            ObjectNode content =
                    operation.putObject("requestBody").put("required", true).putObject("content");
            mapping.getConsumesCondition()
                    .getConsumableMediaTypes()
                    .forEach(type -> content.putObject(type.toString()));
        } else if (takesBody()) {
            operation.set("requestBody", body());
        } else if (takes(InputStream.class)) {
            operation.set("requestBody", bytes());
        }
        operation.set("responses", responses());
        return operation;
    }

    private void pathParameters(ArrayNode parameters) {
        for (String name : VARIABLE.matcher(path)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList()) {
            ObjectNode schema = NODES.objectNode().put("type", "string");
            String form = name;
            String example = name.equals("device_id") ? "0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11" : Examples.ID;
            if (tableName != null) {
                Table<?, ?> table = document.tableOf(fieldsOfTable());
                form = document.keyField(table);
                example = document.keyOf(table);
            }
            switch (form) {
                case "sha256" -> {
                    schema.put("pattern", "^" + Sha256.FORM + "$");
                    example = Examples.SHA_256;
                }
                case "device_id" -> schema.put("format", "uuid").put("pattern", MADE_UUID);
                case "id" -> schema.put("format", "uuid");
                default -> throw new IllegalStateException("no schema is known for {" + name + "} of " + path);
            }
            ObjectNode parameter =
                    parameters.addObject().put("name", name).put("in", "path").put("required", true);
            parameter.set("schema", schema);
            parameter.put("example", example);
        }
    }

    private Class<?> fieldsOfTable() {
        return ResolvableType.forClass(handler.getBeanType())
                .as(dev.latchkey.api.table.TableController.class)
                .getGeneric(0)
                .resolve();
    }

    private void queryParameters(ArrayNode parameters) {
        if (takes(PageRequest.class)) {
            PageRequest.PARAMETERS.forEach(name -> parameters.add(Headers.parameter(name)));
        }
        if (!takes(MultiValueMap.class)) {
            return;
        }
        for (Filter filter : document.tableOf(fields()).filters()) {
            if (!path.contains("{" + filter.parameter() + "}")) {
                ObjectNode parameter = parameters.addObject();
                parameter.put("name", filter.parameter()).put("in", "query").put("description", "Is " + filter.form());
                ObjectNode schema = parameter.putObject("schema");
                parameter.set("example", filter(filter.form(), schema));
            }
        }
    }

    /** The schema is completed; the answer is an example. */
    private JsonNode filter(String form, ObjectNode schema) {
        if (form.equals("a UUID")) {
            schema.put("type", "string").put("format", "uuid");
            return NODES.stringNode(Examples.ID);
        }
        if (form.equals("true or false")) {
            schema.put("type", "boolean");
            return NODES.booleanNode(true);
        }
        if (form.startsWith("a time")) {
            schema.put("type", "string").put("format", "date-time");
            return NODES.stringNode(Examples.TIME);
        }
        Matched text = Matched.of(form);
        schema.put("type", "string").put("minLength", text.min()).put("maxLength", text.max());
        schema.put("pattern", "^[^\\u0000]*$");
        return NODES.stringNode("kin");
    }

    private ObjectNode body() {
        MethodParameter parameter = bodyParameter();
        ObjectNode body = NODES.objectNode();
        body.put("required", parameter.getParameterAnnotation(RequestBody.class).required());
        boolean isPatch = method == RequestMethod.PATCH;
        ObjectNode schema = reference(bodySchema(isPatch));
        JsonNode example = hint.example() == null ? document.examples().of(schema) : hint.example();
        ObjectNode content = body.putObject("content");
        for (MediaType type : mapping.getConsumesCondition().getConsumableMediaTypes()) {
            ObjectNode media = content.putObject(type.toString());
            media.set("schema", schema);
            media.set("example", example);
        }
        return body;
    }

    /** OpenAPI 3.1 §4.8.14.2: what is not text has no schema. */
    private ObjectNode bytes() {
        ObjectNode body = NODES.objectNode().put("required", true);
        ObjectNode content = body.putObject("content");
        mapping.getConsumesCondition().getConsumableMediaTypes().forEach(type -> content.putObject(type.toString()));
        return body;
    }

    /** The name of a component. */
    private String bodySchema(boolean isPatch) {
        Class<?> type = ResolvableType.forMethodParameter(bodyParameter()).resolve(Object.class);
        Class<?> document = OpenApiDocument.isFields(type) || hint.body() == null && type.isRecord()
                ? type
                : hint.body() != null ? named(hint.body()) : fields();
        String name = document.getSimpleName() + (isPatch ? "Patch" : "");
        if (!this.document.schemas().has(name)) {
            ObjectNode schema = isPatch
                    ? this.document.types().patch(document)
                    : this.document.types().request(document);
            parts().forEach((field, part) -> {
                ObjectNode shape = this.document.types().request(part);
                if (shape.path("properties").get("table") instanceof ObjectNode table) {
                    table.set("enum", Schemas.array(this.document.tableNames()));
                }
                this.document.schemas().set(part.getSimpleName(), shape);
                ((ObjectNode) schema.path("properties").path(field)).set("items", reference(part.getSimpleName()));
            });
            this.document.schemas().set(name, schema);
        }
        return addressed(name);
    }

    /** What the address says already need not be sent. */
    private String addressed(String name) {
        ObjectNode schema = (ObjectNode) document.schemas().path(name);
        List<String> variables =
                VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
        if (tableName == null && !variables.isEmpty() && schema.path("required") instanceof ArrayNode required) {
            required.removeIf(field -> variables.contains(field.stringValue()));
        }
        return name;
    }

    private Map<String, Class<?>> parts() {
        Map<String, Class<?>> parts = new LinkedHashMap<>();
        if (hint.parts() != null) {
            hint.parts().forEach((field, type) -> parts.put(field, named(type)));
        }
        return parts;
    }

    private static Class<?> named(String type) {
        try {
            return Class.forName(type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode responses() {
        ObjectNode responses = NODES.objectNode();
        List<Integer> success = hint.status() == null ? List.of(200) : hint.status();
        success.forEach(status -> responses.set(String.valueOf(status), success(status)));
        if ((isVersioned() || hint.type() != null) && method == RequestMethod.GET) {
            ObjectNode unchanged = responses.putObject("304").put("description", "The caller has this version");
            Headers.ref(unchanged.putObject("headers"), HttpHeaders.ETAG);
        }
        for (HttpStatus status : document.problemStatuses()) {
            if (mayBe(status)) {
                responses
                        .putObject(String.valueOf(status.value()))
                        .put("$ref", "#/components/responses/" + Problems.nameOf(status));
            }
        }
        return responses;
    }

    private ObjectNode success(int status) {
        ObjectNode response =
                NODES.objectNode().put("description", HttpStatus.valueOf(status).getReasonPhrase());
        ObjectNode headers = response.putObject("headers");
        Headers.ref(headers, "X-Request-Id");
        if (method != RequestMethod.GET) {
            Headers.ref(headers, "RateLimit");
            Headers.ref(headers, "RateLimit-Policy");
        }
        if (status == 204) {
            return response;
        }
        if (isVersioned() || hint.type() != null) {
            Headers.ref(headers, HttpHeaders.ETAG);
        }
        if (method == RequestMethod.POST && (status == 201 || status == 202)) {
            Headers.ref(headers, HttpHeaders.LOCATION);
        }
        String type = hint.type() == null ? MediaType.APPLICATION_JSON_VALUE : hint.type();
        ObjectNode media = response.putObject("content").putObject(type);
        if (hint.type() != null) {
            return response;
        }
        ObjectNode schema = reference(answerSchema());
        media.set("schema", schema);
        media.set("example", hint.answer() == null ? document.examples().of(schema) : hint.answer());
        return response;
    }

    private String answerSchema() {
        if (answer.resolve() == Page.class) {
            String item = answerSchema(answer.getGeneric(0));
            ObjectNode page = NODES.objectNode().put("type", "object");
            ObjectNode properties = page.putObject("properties");
            properties
                    .putObject("items")
                    .put("type", "array")
                    .put("maxItems", 100)
                    .set("items", reference(item));
            ObjectNode next = properties.putObject("next_cursor").put("type", "string");
            Schemas.nullable(next);
            next.putArray("examples").addNull();
            page.set("required", Schemas.array(List.of("items", "next_cursor")));
            page.put("additionalProperties", false);
            document.schemas().set(item + "Page", page);
            return item + "Page";
        }
        return answerSchema(answer);
    }

    private String answerSchema(ResolvableType type) {
        if (type.resolve() == RowView.class) {
            return OpenApiDocument.rowName(type.getGeneric(0).resolve());
        }
        String name = type.resolve(Object.class).getSimpleName();
        if (!document.schemas().has(name)) {
            document.schemas().set(name, document.types().response(type));
        }
        return name;
    }

    /** Statuses that are not named here may be anybody's. */
    private boolean mayBe(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> path.contains("{");
            case METHOD_NOT_ALLOWED -> false;
            case REQUEST_TIMEOUT, CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE -> takesBody();
            case UNPROCESSABLE_CONTENT -> takesBody() || takesKey();
            case CONFLICT, TOO_MANY_REQUESTS -> method != RequestMethod.GET;
            case PRECONDITION_FAILED -> takesIfMatch();
            default -> true;
        };
    }

    /** Of the rows that are answered. */
    private Class<?> fields() {
        ResolvableType one = answer.resolve() == Page.class ? answer.getGeneric(0) : answer;
        return one.resolve() == RowView.class ? one.getGeneric(0).resolve() : one.resolve();
    }

    private boolean isVersioned() {
        return isResponse
                && (answer.resolve() == RowView.class || OpenApiDocument.isFields(answer.resolve(Object.class)));
    }

    private boolean takesIfMatch() {
        return takes(HttpHeaders.class);
    }

    private boolean takesKey() {
        return Arrays.stream(handler.getMethodParameters())
                .map(parameter -> parameter.getParameterAnnotation(RequestHeader.class))
                .anyMatch(header -> header != null && header.name().equals(Idempotency.KEY));
    }

    private boolean takesBody() {
        return takes(InputStream.class)
                || Arrays.stream(handler.getMethodParameters())
                        .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }

    private MethodParameter bodyParameter() {
        return Arrays.stream(handler.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .map(parameter -> parameter.withContainingClass(handler.getBeanType()))
                .findFirst()
                .orElseThrow();
    }

    private boolean takes(Class<?> type) {
        return Arrays.stream(handler.getMethodParameters()).anyMatch(parameter -> parameter.getParameterType() == type);
    }

    private static ObjectNode reference(String schema) {
        return NODES.objectNode().put("$ref", "#/components/schemas/" + schema);
    }

    /** A text's length, as its form says it. */
    private record Matched(int min, int max) {

        private static final Pattern FORM = Pattern.compile("a text of (\\d+) to (\\d+) characters");

        static Matched of(String form) {
            var matcher = FORM.matcher(form);
            if (!matcher.matches()) {
                throw new IllegalStateException("no schema is known for a filter that is " + form);
            }
            return new Matched(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
    }
}
