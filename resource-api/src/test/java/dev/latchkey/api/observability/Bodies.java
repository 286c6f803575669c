package dev.latchkey.api.observability;

import dev.latchkey.api.table.TableController;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A document that an endpoint takes, made from the type of its parameter, with a canary wherever text may stand. */
final class Bodies {

    static final String SHA256 = "ab".repeat(32);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String canary;
    private final String id;

    /** Of endpoints that take any object, by their addresses. */
    private final Map<String, String> free;

    Bodies(String canary, UUID id) {
        this.canary = canary;
        this.id = id.toString();
        this.free = Map.of(
                "/v1/me", "{\"display_name\":\"%s\"}".formatted(canary),
                "/v1/me/onboarding", "{\"job_title\":\"%s\"}".formatted(canary),
                "/v1/settings", "{\"%1$s\":\"%1$s\"}".formatted(canary),
                "/v1/devices/{device_id}/blobs/{sha256}", "{\"present\":true,\"local_path\":\"%s\"}".formatted(canary),
                "/v1/writes/batch", """
                        {"on_conflict":"newest_wins","source":"%1$s","ops":[
                          {"op_id":"%1$s-%2$s","op":"upsert","table":"works","id":"%3$s","data":{"title":"%1$s"},
                            "updated_at":"2026-01-01T00:00:00Z"},
                          {"op_id":"%1$s-%2$s-2","op":"patch","table":"settings","data":{"%1$s":1},"updated_at":"2026-01-01T00:00:00Z"}]}""".formatted(canary, UUID.randomUUID(), UUID.randomUUID()));
    }

    Optional<String> of(String pattern, HandlerMethod endpoint) {
        return Stream.of(endpoint.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .findFirst()
                .map(parameter -> free.containsKey(pattern)
                        ? free.get(pattern)
                        : JSON.writeValueAsString(value("", typeOf(parameter, endpoint))));
    }

    /** A patch of a row may have all that the row has. */
    private static Class<?> typeOf(MethodParameter parameter, HandlerMethod endpoint) {
        ResolvableType bean = ResolvableType.forClass(endpoint.getBeanType());
        ResolvableType type = ResolvableType.forMethodParameter(parameter, bean);
        return type.resolve() == ObjectNode.class && TableController.class.isAssignableFrom(endpoint.getBeanType())
                ? bean.as(TableController.class).getGeneric(0).resolve(Object.class)
                : type.resolve(Object.class);
    }

    private Object value(String name, Class<?> type) {
        if (type.isRecord()) {
            Map<String, Object> document = new LinkedHashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                document.put(snake(component.getName()), value(component.getName(), component.getType()));
            }
            return document;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0].toString().toLowerCase(Locale.ROOT);
        }
        if (name.equals("sha256")) {
            return SHA256;
        }
        if (type == UUID.class) {
            return id;
        }
        if (type == Instant.class) {
            return "2026-01-01T00:00:00Z";
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return 7;
        }
        if (List.class.isAssignableFrom(type)) {
            return List.of(canary);
        }
        return type == String.class ? canary : Map.of(canary, canary);
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
