package dev.latchkey.api.problem;

import java.util.List;
import tools.jackson.core.JacksonException;

/** Ends the request with a problem. The only way in which a feature says that something is wrong. */
public final class ProblemException extends RuntimeException {

    private final ErrorCode code;
    private final transient List<FieldError> errors;

    public ProblemException(ErrorCode code, FieldError... errors) {
        this(code, List.of(errors));
    }

    public ProblemException(ErrorCode code, List<FieldError> errors) {
        super(code.code());
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    /** What the API answers to a body that cannot be read like this, for a document that is a part of one. */
    public static ProblemException of(JacksonException e) {
        JsonFault fault = JsonFault.of(e);
        return new ProblemException(fault.code(), fault.errors());
    }

    /** What the API answers to a body that breaks these limits, for a document that is a part of one. */
    public static ProblemException of(InvalidDocumentException e) {
        return new ProblemException(ErrorCode.INVALID_FIELD, FieldError.of(e.errors()));
    }

    public ErrorCode code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
