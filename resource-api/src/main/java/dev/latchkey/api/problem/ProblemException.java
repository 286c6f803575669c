package dev.latchkey.api.problem;

import java.util.List;

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

    public ErrorCode code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
