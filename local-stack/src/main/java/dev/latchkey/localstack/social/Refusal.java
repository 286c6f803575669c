package dev.latchkey.localstack.social;

import java.util.Map;

/** An answer other than the one that was asked for, in the form of RFC 6749 §5.2. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final String description;

    Refusal(int status, String error, String description) {
        super(error + ": " + description);
        this.status = status;
        this.error = error;
        this.description = description;
    }

    int status() {
        return status;
    }

    Map<String, Object> body() {
        return Map.of("error", error, "error_description", description);
    }
}
