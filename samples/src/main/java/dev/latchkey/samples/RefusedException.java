package dev.latchkey.samples;

import com.nimbusds.oauth2.sdk.ErrorObject;

/** The server has answered with an error (RFC 6749 §5.2). */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    RefusedException(ErrorObject error) {
        super(error.getDescription() == null ? error.getCode() : error.getCode() + " (" + error.getDescription() + ")");
        this.code = String.valueOf(error.getCode());
    }

    boolean is(ErrorObject error) {
        return code.equals(error.getCode());
    }
}
