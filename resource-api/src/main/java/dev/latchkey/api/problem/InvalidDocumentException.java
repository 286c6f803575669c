package dev.latchkey.api.problem;

import org.springframework.validation.Errors;

/** A document whose fields break their limits: {@link ErrorCode#INVALID_FIELD}, with a pointer to each. */
public final class InvalidDocumentException extends RuntimeException {

    private final transient Errors errors;

    public InvalidDocumentException(Errors errors) {
        super(ErrorCode.INVALID_FIELD.code());
        this.errors = errors;
    }

    Errors errors() {
        return errors;
    }
}
