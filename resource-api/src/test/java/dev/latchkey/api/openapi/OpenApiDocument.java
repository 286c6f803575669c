package dev.latchkey.api.openapi;

import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.table.Families;
import dev.latchkey.api.table.Fields;
import dev.latchkey.api.table.Table;
import dev.latchkey.api.table.TableController;
import dev.latchkey.api.testkit.TestTokens;
import dev.latchkey.rowsecurity.OwnerScope;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document of {@code /v1}, from the controllers that answer, the tables and the limits of their fields. A library that knows
 * controllers in general would describe other bodies than ours: names, nulls and unknown fields are as package document reads them, and
 * filters and paths are as the beans of the tables say.
 */
public final class OpenApiDocument {

    private static final String V1 = "/v1/";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ApplicationContext api;
    private final Families families;
    private final Hints hints = Hints.read();
    private final Schemas schemas;
    private final Problems problems = new Problems();
    private final ObjectNode document = NODES.objectNode();
    private final ObjectNode components = NODES.objectNode();
    private final Examples examples = new Examples(document);

    private OpenApiDocument(ApplicationContext api) {
        this.api = api;
        this.families = api.getBean(Families.class);
        this.schemas = new Schemas(api.getBean(JsonMapper.class), hints);
    }

    /** Of an API that is running, whose database says which tables belong to which. */
    public static ObjectNode of(ApplicationContext api) {
        return api.getBean(OwnerScope.class)
                .unowned(
                        "which tables belong to which is nobody's",
                        () -> api.getBean(TransactionOperations.class)
                                .execute(transaction -> new OpenApiDocument(api).build()));
    }

    /** As it is checked in. */
    static String text(ObjectNode document) {
        return JsonMapper.builder()
                        .build()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(document)
                        .replace("\r\n", "\n")
                + "\n";
    }

    private ObjectNode build() {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Latchkey API")
                .put("version", "1")
                .put(
                        "description",
                        "See docs/reference/api.md. An unknown field of a body is refused; `owner_id` alone is ignored.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        document.set("security", Security.requirements());
        ObjectNode paths = document.putObject("paths");
        document.set("components", components);
        components.putObject("schemas");
        components.set("parameters", Headers.parameters());
        components.set("headers", Headers.headers());
        problems.describe(components.putObject("responses"), schemas());
        components.set("securitySchemes", Security.schemes(TestTokens.ISSUER));
        families.tables().values().stream()
                .sorted(Comparator.comparing(
                                (Table<?, ?> table) -> families.ancestors(table).size())
                        .thenComparing(Table::name))
                .forEach(this::describe);
        Map<String, Map<String, ObjectNode>> operations = new LinkedHashMap<>();
        api.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> add(operations, mapping, handler));
        new TreeSet<>(operations.keySet()).forEach(path -> {
            ObjectNode item = paths.putObject(path);
            Map<String, ObjectNode> methods = operations.get(path);
            for (RequestMethod method : RequestMethod.values()) {
                ObjectNode operation = methods.get(method.name());
                if (operation != null) {
                    item.set(method.name().toLowerCase(Locale.ROOT), operation);
                }
            }
        });
        // Spring tells its mappings in no order.
        ObjectNode sorted = NODES.objectNode();
        new TreeMap<>(schemas().properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .forEach(sorted::set);
        components.set("schemas", sorted);
        return document;
    }

    private void add(
            Map<String, Map<String, ObjectNode>> operations, RequestMappingInfo mapping, HandlerMethod handler) {
        for (String path : mapping.getPatternValues()) {
            if (!path.startsWith(V1)) {
                continue;
            }
            for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                operations
                        .computeIfAbsent(path, any -> new LinkedHashMap<>())
                        .put(method.name(), new Operation(this, path, method, mapping, handler).describe());
            }
        }
    }

    /** Three schemas for each table: what is sent, what is sent as a patch, and the row; with examples that belong together. */
    private void describe(Table<?, ?> table) {
        Class<?> type = table.fieldsType();
        ObjectNode request = schemas.request(type);
        if (!request.path("properties").isEmpty()) {
            exemplify(table, request.path("properties"));
        }
        schemas().set(type.getSimpleName(), request);
        if (request.path("properties").isEmpty()) {
            schemas().set(type.getSimpleName() + "Patch", schemas.patch(type));
            return;
        }
        ObjectNode patch = schemas.patch(type);
        exemplify(table, patch.path("properties"));
        schemas().set(type.getSimpleName() + "Patch", patch);
        ObjectNode row = schemas.response(rowOf(type));
        exemplify(table, row.path("properties"));
        schemas().set(rowName(type), row);
    }

    private static ResolvableType rowOf(Class<?> fields) {
        return ResolvableType.forClassWithGenerics(dev.latchkey.api.table.RowView.class, fields);
    }

    private void exemplify(Table<?, ?> table, JsonNode properties) {
        families.parents(table).forEach(parent -> example(properties, parent.field(), keyOf(parent.table())));
        example(properties, "id", idOf(table).toString());
    }

    private static void example(JsonNode properties, String name, String value) {
        if (properties.get(name) instanceof ObjectNode schema) {
            schema.putArray("examples").add(value);
        }
    }

    /** The id of the row that is the example. */
    private UUID idOf(Table<?, ?> table) {
        String field = keyField(table);
        return field.equals("id")
                ? UUID.nameUUIDFromBytes(table.name().getBytes(StandardCharsets.US_ASCII))
                : field.equals("sha256") ? table.id(Examples.SHA_256) : UUID.fromString(Examples.ID);
    }

    /** The last part of its address. */
    String keyOf(Table<?, ?> table) {
        return keyField(table).equals("sha256") ? Examples.SHA_256 : idOf(table).toString();
    }

    /** Which field the last part of an address is: a table that takes no id there says what it takes instead. */
    String keyField(Table<?, ?> table) {
        try {
            table.id(Examples.ID);
            return "id";
        } catch (ProblemException e) {
            return e.errors().get(0).parameter();
        }
    }

    ObjectNode schemas() {
        return (ObjectNode) components.path("schemas");
    }

    Schemas types() {
        return schemas;
    }

    Hints hints() {
        return hints;
    }

    Examples examples() {
        return examples;
    }

    Iterable<org.springframework.http.HttpStatus> problemStatuses() {
        return problems.statuses();
    }

    Iterable<String> tableNames() {
        return new TreeSet<>(families.tables().keySet());
    }

    /** The table whose fields these are; null if they are nobody's. */
    Table<?, ?> tableOf(Class<?> fields) {
        return families.tables().values().stream()
                .filter(table -> table.fieldsType() == fields)
                .findFirst()
                .orElse(null);
    }

    /** The name of the table that the controller's addresses are; null for other controllers. */
    String tableName(HandlerMethod handler) {
        if (!TableController.class.isAssignableFrom(handler.getBeanType())) {
            return null;
        }
        Class<?> fields = ResolvableType.forClass(handler.getBeanType())
                .as(TableController.class)
                .getGeneric(0)
                .resolve();
        return tableOf(fields).name();
    }

    static String rowName(Class<?> fields) {
        return fields.getSimpleName().replaceFirst("Fields$", "");
    }

    static boolean isFields(Class<?> type) {
        return Fields.class.isAssignableFrom(type);
    }
}
