package dev.latchkey.api.problem;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with a JSON body, told without repeating a value of it: Jackson's own messages quote the source. */
record JsonFault(ErrorCode code, List<FieldError> errors) {

    private static final String WHOLE_NUMBER = "must be a whole number from -2147483648 to 2147483647";

    private static final Map<Class<?>, String> EXPECTED = Map.of(
            String.class, "must be a string",
            int.class, WHOLE_NUMBER,
            Integer.class, WHOLE_NUMBER,
            long.class, "must be a whole number",
            Long.class, "must be a whole number",
            Boolean.class, "must be true or false",
            UUID.class, "must be a UUID such as 0b9f6ad4-2c84-4b1c-9a52-2f3f0e3a6c11",
            Instant.class, "must be a time of RFC 3339 such as 2026-01-31T09:30:00Z",
            ObjectNode.class, "must be an object");

    static JsonFault of(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new JsonFault(
                    ErrorCode.UNKNOWN_FIELD,
                    List.of(FieldError.at(
                            pointer(e), "is not a field of this document: " + "known are " + known(unknown))));
        }
        if (e instanceof MismatchedInputException mismatch
                && !e.getOriginalMessage().startsWith("Trailing token")) {
            return invalid(e, mismatch.getTargetType());
        }
        if (e instanceof InputCoercionException overflow) {
            return invalid(e, overflow.getTargetType());
        }
        String detail = e.getOriginalMessage().startsWith("Duplicate")
                ? "a name in this object is there twice"
                : "is not well-formed, or larger or deeper than a document may be";
        return new JsonFault(ErrorCode.MALFORMED_JSON, List.of(FieldError.at(pointer(e), detail)));
    }

    private static JsonFault invalid(JacksonException e, @Nullable Class<?> type) {
        return new JsonFault(ErrorCode.INVALID_FIELD, List.of(FieldError.at(pointer(e), expected(type))));
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> ids = unknown.getKnownPropertyIds();
        return ids == null ? "none" : ids.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type != null && type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        }
        if (type != null && Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        return type == null ? "has the wrong type" : EXPECTED.getOrDefault(type, "has the wrong type");
    }

    private static String pointer(JacksonException e) {
        return Pointers.of(e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName()));
    }
}
