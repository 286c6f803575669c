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
import java.math.BigDecimal;
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
            "must have at most {maxBytes} bytes as JSON, no NUL or half of a surrogate pair, no number beyond a double or of more than 1000 digits, and be nested at most 62 deep";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<JsonObject, ObjectNode> {

        /** As many as Jackson reads ({@code StreamReadConstraints}), written out as they are kept. */
        private static final int MOST_DIGITS = 1000;

        /** Two less than a body: an archive has it in a line of its own, and in there in its field. */
        private static final int DEEPEST = JsonConfiguration.DEEPEST - 2;

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
                    || (storable(value, 1)
                            && json.writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length <= maxBytes);
        }

        private static boolean storable(JsonNode node, int depth) {
            if (node.isNumber()) {
                return storable(node.decimalValue());
            }
            if (node.isString()) {
                return Text.Validator.storable(node.stringValue());
            }
            return (!node.isContainer() || depth <= DEEPEST)
                    && node.propertyNames().stream().allMatch(Text.Validator::storable)
                    && node.valueStream().allMatch(child -> storable(child, depth + 1));
        }

        private static boolean storable(BigDecimal number) {
            // RFC 7493 §2.2: what is no double is not understood alike everywhere.
            double value = number.doubleValue();
            return Double.isFinite(value)
                    && (value != 0 || number.signum() == 0)
                    && Math.abs((long) number.scale()) <= MOST_DIGITS
                    && number.toPlainString().length() <= MOST_DIGITS;
        }
    }
}
