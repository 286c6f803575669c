package dev.latchkey.api.blobs;

import dev.latchkey.api.document.Uuid;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A UUID that a device made and keeps, and no placeholder such as all zeros. Null passes. */
@Documented
@Constraint(validatedBy = DeviceId.Validator.class)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface DeviceId {

    String message() default "must be a UUID that the device made and keeps";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<DeviceId, UUID> {

        @Override
        public boolean isValid(@Nullable UUID value, ConstraintValidatorContext context) {
            return value == null || Uuid.made(value);
        }
    }
}
