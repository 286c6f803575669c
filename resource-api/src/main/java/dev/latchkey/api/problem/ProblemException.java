package dev.latchkey.api.problem;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Ends the request with a problem. The only way in which a feature says that something is wrong. */
public final class ProblemException extends RuntimeException {

    private final ErrorCode code;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> members;

    public ProblemException(ErrorCode code, FieldError... errors) {
        this(code, List.of(errors));
    }

    public ProblemException(ErrorCode code, List<FieldError> errors) {
        this(code, errors, Map.of());
    }

    /** @param members what the code has to tell besides, by its name in the body (RFC 9457 §3.2) */
    public ProblemException(ErrorCode code, Map<String, Object> members) {
        this(code, List.of(), members);
    }

    private ProblemException(ErrorCode code, List<FieldError> errors, Map<String, Object> members) {
        super(code.code());
        this.code = code;
        this.errors = List.copyOf(errors);
        this.members = members;
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

    Map<String, Object> members() {
        return members;
    }
}
