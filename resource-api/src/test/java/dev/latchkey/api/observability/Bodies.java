package dev.latchkey.api.observability;

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

/** A document that an endpoint takes, made from the type of its parameter, with a canary wherever text may stand. */
final class Bodies {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String canary;
    private final String id;

    Bodies(String canary, UUID id) {
        this.canary = canary;
        this.id = id.toString();
    }

    Optional<String> of(HandlerMethod endpoint) {
        return Stream.of(endpoint.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .findFirst()
                .map(parameter -> JSON.writeValueAsString(value("", typeOf(parameter, endpoint))));
    }

    private static Class<?> typeOf(MethodParameter parameter, HandlerMethod endpoint) {
        return ResolvableType.forMethodParameter(parameter, ResolvableType.forClass(endpoint.getBeanType()))
                .resolve(Object.class);
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
            return "ab".repeat(32);
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
        return type == String.class ? canary : Map.of(canary, canary, "title", canary);
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
