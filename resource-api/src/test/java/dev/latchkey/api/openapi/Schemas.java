package dev.latchkey.api.openapi;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.latchkey.api.document.JsonObject;
import dev.latchkey.api.document.Sha256;
import dev.latchkey.api.document.Text;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas of the records that the API reads and writes, with the limits that their annotations say. */
final class Schemas {

    /** No NUL. Half of a surrogate pair cannot be said. */
    private static final String STORABLE = "^[^\\u0000]*$";

    private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonMapper json;
    private final Hints hints;

    Schemas(JsonMapper json, Hints hints) {
        this.json = json;
        this.hints = hints;
    }

    /** As it is sent: null stands for the default, and what is not known is refused. */
    ObjectNode request(Class<?> type) {
        return object(ResolvableType.forClass(type), Use.REQUEST);
    }

    /** As a merge patch of it is sent (RFC 7396): all may be left out, null removes. */
    ObjectNode patch(Class<?> type) {
        return object(ResolvableType.forClass(type), Use.PATCH);
    }

    /** As it is answered: all of it is there. */
    ObjectNode response(ResolvableType type) {
        return object(type, Use.RESPONSE);
    }

    private ObjectNode object(ResolvableType type, Use use) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = NODES.objectNode();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.resolve(Object.class).getRecordComponents()) {
            ResolvableType own = ResolvableType.forType(component.getGenericType(), type);
            if (find(component, JsonValue.class) != null) {
                return value(component, component.getAnnotatedType(), own, use);
            }
            if (find(component, JsonUnwrapped.class) != null) {
                ObjectNode inner = object(own, use);
                inner.path("properties").properties().forEach(p -> properties.set(p.getKey(), p.getValue()));
                inner.path("required").forEach(name -> required.add(name.stringValue()));
                continue;
            }
            JsonProperty property = find(component, JsonProperty.class);
            if (use == Use.RESPONSE && property != null && property.access() == JsonProperty.Access.WRITE_ONLY) {
                continue;
            }
            String name = property == null || property.value().isEmpty()
                    ? NAMES.nameForField(null, null, component.getName())
                    : property.value();
            ObjectNode shape = value(component, component.getAnnotatedType(), own, use);
            boolean always = use == Use.RESPONSE || find(component, NotNull.class) != null;
            if (use == Use.RESPONSE ? isNullable(component) : !always) {
                nullable(shape);
            }
            if (always && use != Use.PATCH) {
                required.add(name);
            }
            properties.set(name, hints.exemplified(name, shape));
        }
        schema.set("properties", properties);
        if (!required.isEmpty()) {
            schema.set("required", array(required));
        }
        return schema.put("additionalProperties", false);
    }

    private ObjectNode value(AnnotatedElement limits, AnnotatedType annotated, ResolvableType type, Use use) {
        Class<?> raw = type.resolve(Object.class);
        ObjectNode schema = NODES.objectNode();
        if (raw == String.class) {
            schema.put("type", "string");
        } else if (raw == UUID.class) {
            schema.put("type", "string").put("format", "uuid");
        } else if (raw == Instant.class) {
            schema.put("type", "string").put("format", "date-time");
        } else if (raw == Boolean.class || raw == boolean.class) {
            schema.put("type", "boolean");
        } else if (raw == Integer.class || raw == int.class) {
            schema.put("type", "integer").put("format", "int32");
            schema.put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
        } else if (raw == Long.class || raw == long.class) {
            schema.put("type", "integer").put("format", "int64");
            schema.put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
        } else if (raw.isEnum()) {
            schema.put("type", "string").set("enum", constants(raw, use));
        } else if (List.class.isAssignableFrom(raw)) {
            AnnotatedType element = annotated instanceof AnnotatedParameterizedType list
                    ? list.getAnnotatedActualTypeArguments()[0]
                    : annotated;
            schema.put("type", "array").set("items", value(element, element, type.getGeneric(0), use));
        } else if (raw.isRecord()) {
            return object(type, use);
        } else if (Map.class.isAssignableFrom(raw) || raw == ObjectNode.class) {
            schema.put("type", "object");
        } else {
            throw new IllegalStateException("no schema is known for " + type);
        }
        limit(schema, limits);
        return schema;
    }

    private void limit(ObjectNode schema, AnnotatedElement limits) {
        Text text = find(limits, Text.class);
        if (text != null) {
            if (text.min() > 0) {
                schema.put("minLength", text.min());
            }
            schema.put("maxLength", text.max()).put("pattern", STORABLE);
        }
        if (find(limits, Sha256.class) != null) {
            schema.put("pattern", "^" + Sha256.FORM + "$");
        }
        Pattern pattern = find(limits, Pattern.class);
        if (pattern != null) {
            schema.put("pattern", "^" + pattern.regexp() + "$");
        }
        Size size = find(limits, Size.class);
        if (size != null) {
            schema.put("minItems", size.min()).put("maxItems", size.max());
        }
        Min min = find(limits, Min.class);
        if (min != null) {
            schema.put("minimum", min.value());
        }
        JsonObject object = find(limits, JsonObject.class);
        if (object != null) {
            schema.put(
                    "description",
                    "At most " + object.maxBytes()
                            + " bytes as JSON; numbers within the range of a double, text without NUL");
        }
    }

    private ArrayNode constants(Class<?> type, Use use) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(json.valueToTree(constant).stringValue());
            JsonAlias aliases = field(type, ((Enum<?>) constant).name(), JsonAlias.class);
            if (aliases != null && use != Use.RESPONSE) {
                names.addAll(Arrays.asList(aliases.value()));
            }
        }
        return array(names);
    }

    /** Wherever Java has put it: what a component says goes to its field and accessor too, or to them alone. */
    private static <A extends Annotation> A find(AnnotatedElement element, Class<A> type) {
        Stream<AnnotatedElement> places = element instanceof RecordComponent component
                ? Stream.of(component, component.getAccessor(), component.getAnnotatedType())
                : Stream.of(element);
        A found = places.map(place -> place.getAnnotation(type))
                .filter(annotation -> annotation != null)
                .findFirst()
                .orElse(null);
        return found == null && element instanceof RecordComponent component
                ? field(component.getDeclaringRecord(), component.getName(), type)
                : found;
    }

    private static <A extends Annotation> A field(Class<?> type, String name, Class<A> annotation) {
        try {
            return type.getDeclaredField(name).getAnnotation(annotation);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** As OpenAPI 3.1 says it: {@code null} is a type of its own, and a value of an enumeration. */
    static void nullable(ObjectNode schema) {
        schema.set(
                "type", NODES.arrayNode().add(schema.path("type").stringValue()).add("null"));
        if (schema.path("enum") instanceof ArrayNode constants) {
            constants.addNull();
        }
    }

    static ArrayNode array(Iterable<String> values) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private enum Use {
        REQUEST,
        PATCH,
        RESPONSE
    }
}
