package dev.latchkey.keycloak.exchange;

import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;

/** Every answer of this grant but tokens. Neither the description nor the event's reason carries a token or says who somebody is. */
final class ExchangeRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final Duration UPSTREAM_PAUSE = Duration.ofSeconds(10);

    private final Status status;
    private final String error;
    private final String event;
    private final Duration retryAfter;

    private ExchangeRefusedException(
            Status status, String error, String description, String event, Duration retryAfter) {
        super(description);
        this.status = status;
        this.error = error;
        this.event = event;
        this.retryAfter = retryAfter;
    }

    static ExchangeRefusedException clientNotAllowed() {
        return badRequest(
                OAuthErrorException.UNAUTHORIZED_CLIENT,
                "The grant is not switched on for this client",
                Errors.NOT_ALLOWED);
    }

    static ExchangeRefusedException malformed(String description) {
        return badRequest(OAuthErrorException.INVALID_REQUEST, description, Errors.INVALID_REQUEST);
    }

    /** @param reason which rule the token breaks, not what stands in it */
    static ExchangeRefusedException token(String reason) {
        return badRequest(OAuthErrorException.INVALID_GRANT, "The token is refused: " + reason, Errors.INVALID_TOKEN);
    }

    /** The same words whatever is wrong with the account; the event says it to the admin. */
    static ExchangeRefusedException account(String event) {
        return badRequest(OAuthErrorException.INVALID_GRANT, "This account cannot sign in now", event);
    }

    /** The hosted login would show a page now. OpenID Connect Core 1.0 §3.1.2.6. */
    static ExchangeRefusedException interactionRequired(String provider) {
        return badRequest(
                OAuthErrorException.INTERACTION_REQUIRED,
                "The person has something to do first: use the hosted login with kc_idp_hint=" + provider,
                Errors.RESOLVE_REQUIRED_ACTIONS);
    }

    /** RFC 8628 §3.5 names the error, RFC 6585 §4 the status. */
    static ExchangeRefusedException tooMany(Duration retryAfter) {
        return new ExchangeRefusedException(
                Status.TOO_MANY_REQUESTS,
                OAuthErrorException.SLOW_DOWN,
                "Too many attempts",
                Errors.SLOW_DOWN,
                retryAfter);
    }

    static ExchangeRefusedException upstream() {
        return new ExchangeRefusedException(
                Status.SERVICE_UNAVAILABLE,
                OAuthErrorException.TEMPORARILY_UNAVAILABLE,
                "The provider does not answer as it should; try again later",
                Errors.IDENTITY_PROVIDER_ERROR,
                UPSTREAM_PAUSE);
    }

    private static ExchangeRefusedException badRequest(String error, String description, String event) {
        return new ExchangeRefusedException(Status.BAD_REQUEST, error, description, event, Duration.ZERO);
    }

    Status status() {
        return status;
    }

    String error() {
        return error;
    }

    String description() {
        return String.valueOf(getMessage());
    }

    /** What stands in the event, from Keycloak's list of {@link Errors}. */
    String event() {
        return event;
    }

    /** When another attempt can succeed; zero if the same one never will. */
    Duration retryAfter() {
        return retryAfter;
    }
}
