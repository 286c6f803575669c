package dev.latchkey.realm;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;

/** The realm could not be applied; the message says why in one sentence, fit to be shown. */
public final class RealmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RealmException(String message) {
        super(message);
    }

    RealmException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What Keycloak says about a refusal: a JSON object with {@code errorMessage} or {@code error}. */
    static String reason(WebApplicationException refusal) {
        String status = String.valueOf(refusal.getMessage());
        try {
            String body = refusal.getResponse().readEntity(String.class);
            return body.isEmpty() ? status : status + ": " + body;
        } catch (ProcessingException | IllegalStateException e) {
            return status;
        }
    }
}
