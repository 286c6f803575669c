package dev.latchkey.api.document;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object that a jsonb column can store and every client can read back. Null passes. */
@Documented
@Constraint(validatedBy = JsonObject.Validator.class)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface JsonObject {

    /** Most bytes, as UTF-8 without white space and with numbers written out. */
    int maxBytes();

    String message() default
            "must have at most {maxBytes} bytes as JSON, no NUL or half of a surrogate pair, and no number beyond a double";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<JsonObject, ObjectNode> {

        private final JsonMapper json;
        private int maxBytes;

        Validator(JsonMapper json) {
            this.json = json;
        }

        @Override
        public void initialize(JsonObject object) {
            maxBytes = object.maxBytes();
        }

        @Override
        public boolean isValid(@Nullable ObjectNode value, ConstraintValidatorContext context) {
            // Storable first: a number such as 1e100000 would be written out, and a lone surrogate not at all.
            return value == null
                    || (storable(value)
                            && json.writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length <= maxBytes);
        }

        private static boolean storable(JsonNode node) {
            if (node.isNumber()) {
                // RFC 7493 §2.2: what is no double is not understood alike everywhere.
                double value = node.decimalValue().doubleValue();
                return Double.isFinite(value)
                        && (value != 0 || node.decimalValue().signum() == 0);
            }
            if (node.isString()) {
                return Text.Validator.storable(node.stringValue());
            }
            return node.propertyNames().stream().allMatch(Text.Validator::storable)
                    && node.valueStream().allMatch(Validator::storable);
        }
    }
}
