package dev.latchkey.api.problem;

import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every stable {@code code} of a problem, with its status and what it tells by default. Documented in docs/reference/errors.md. */
public enum ErrorCode {
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not well-formed HTTP or its address is not allowed."),
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not well-formed JSON."),
    UNKNOWN_FIELD(HttpStatus.BAD_REQUEST, "The body has a field that is unknown or not yours to set."),
    INVALID_FIELD(HttpStatus.BAD_REQUEST, "A field of the body has a value that is not allowed."),
    INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter of the address has a value that is not allowed."),
    INVALID_CURSOR(HttpStatus.BAD_REQUEST, "The cursor did not come from this API: start again without one."),
    TOKEN_MISSING(HttpStatus.UNAUTHORIZED, "Send an access token: Authorization: Bearer … or DPoP …"),
    TOKEN_INVALID(HttpStatus.UNAUTHORIZED, "The access token is not valid here."),
    TOKEN_EXPIRED(HttpStatus.UNAUTHORIZED, "The access token has expired: refresh it and try again."),
    INVALID_DPOP_PROOF(HttpStatus.UNAUTHORIZED, "The DPoP proof is missing, not valid, or was used before."),
    USE_DPOP_NONCE(HttpStatus.UNAUTHORIZED, "Make a new proof with the nonce of the header DPoP-Nonce and try again."),
    TOKEN_STALE(
            HttpStatus.UNAUTHORIZED,
            "The account has changed since the access token was issued: refresh it and try again."),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The access token does not allow this."),
    ENTITLEMENT_REQUIRED(
            HttpStatus.FORBIDDEN, "The account's tier and permissions do not have this: see tier_required."),
    QUOTA_EXCEEDED(
            HttpStatus.FORBIDDEN, "The account's tier has no room for more: see quota, limit and tier_required."),
    BOUND_TOKEN(HttpStatus.FORBIDDEN, "A token that is bound to a key cannot be passed on to Keycloak by this API."),
    ORIGIN_NOT_ALLOWED(HttpStatus.FORBIDDEN, "Pages of this origin may not call this API."),
    OWNER_DELETED(HttpStatus.FORBIDDEN, "The account or workspace is deleted and takes no more writes."),
    POLICY_VIOLATION(HttpStatus.FORBIDDEN, "The database refused to write this row for you."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing here."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This address does not take that method: see Allow."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "This address answers application/json only."),
    BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time."),
    ALREADY_EXISTS(HttpStatus.CONFLICT, "You have one with this id already."),
    EDIT_CONFLICT(HttpStatus.CONFLICT, "Somebody changed it at the same moment: read it again and repeat."),
    IN_USE(HttpStatus.CONFLICT, "Others point to it as it is: change or delete them first."),
    WRITE_CONFLICT(HttpStatus.CONFLICT, "Operations meet rows that are not as they expect: nothing was changed."),
    OP_ID_REUSED(HttpStatus.CONFLICT, "An op_id came before with another operation: nothing was changed."),
    REQUEST_UNDER_WAY(
            HttpStatus.CONFLICT, "A request with this Idempotency-Key is being answered: send it again shortly."),
    RESTORE_IN_PROGRESS(HttpStatus.CONFLICT, "A snapshot is being restored: nothing can be changed meanwhile."),
    SNAPSHOT_UNDER_WAY(HttpStatus.CONFLICT, "Another snapshot of yours is being made or restored."),
    SNAPSHOT_NOT_READY(HttpStatus.CONFLICT, "The snapshot is not ready, or could not be made."),
    SNAPSHOT_LIMIT(HttpStatus.CONFLICT, "You have as many snapshots as can be kept: delete one first."),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "It has changed since the version you named: read it again."),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than this address takes."),
    SNAPSHOT_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The archive holds more than is taken, or more than it can mean."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "This address does not take a body of that type: see Accept."),
    PARENT_NOT_FOUND(HttpStatus.UNPROCESSABLE_CONTENT, "It would belong to something that is not there."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "This Idempotency-Key came before with another request: choose a new one."),
    SNAPSHOT_INVALID(HttpStatus.UNPROCESSABLE_CONTENT, "The archive is none, or has something that cannot be yours."),
    SNAPSHOT_VERSION_UNKNOWN(HttpStatus.UNPROCESSABLE_CONTENT, "The archive is of a version that is not known here."),
    SNAPSHOT_CHECKSUM_WRONG(HttpStatus.UNPROCESSABLE_CONTENT, "The archive was changed after it was made."),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many requests of this kind: wait as long as Retry-After says."),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. The request id finds it in the log."),
    UNBOUND(HttpStatus.INTERNAL_SERVER_ERROR, "The service did not say whose rows it wanted, so it got none."),
    INVALID_OWNER(HttpStatus.INTERNAL_SERVER_ERROR, "What was to be the owner cannot be one."),
    OWNER_CHANGED(
            HttpStatus.INTERNAL_SERVER_ERROR, "The service mixed two owners in one transaction, which was refused."),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service is busy or a part of it is away: try again shortly."),
    BINDING_FAILED(HttpStatus.SERVICE_UNAVAILABLE, "The database did not learn whose rows to show, so it showed none.");

    private final HttpStatus status;
    private final String detail;

    ErrorCode(HttpStatus status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** As it stands in the body, for example {@code token_expired}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public HttpStatus status() {
        return status;
    }

    public String detail() {
        return detail;
    }

    /** Seconds after which the same request may succeed; 0 if that is not known. */
    int retryAfter() {
        return switch (this) {
            // A full pool or a restarting part is usually back by then.
            case UNAVAILABLE, BINDING_FAILED -> 1;
            case RESTORE_IN_PROGRESS, SNAPSHOT_UNDER_WAY -> 5;
            default -> 0;
        };
    }

    /** The code of that name, else an internal error. */
    static ErrorCode of(String code) {
        return Arrays.stream(values())
                .filter(known -> known.code().equals(code))
                .findFirst()
                .orElse(INTERNAL_ERROR);
    }

    /** The code for a bare status that a server component answered with, whose own words are not shown. */
    static ErrorCode of(int status) {
        return switch (status) {
            case 401 -> TOKEN_MISSING;
            case 403 -> FORBIDDEN;
            case 409 -> EDIT_CONFLICT;
            // What the request asks of HTTP itself: transfer codings, its version.
            case 501, 505 -> BAD_REQUEST;
            default ->
                Arrays.stream(values())
                        .filter(code -> code.status.value() == status)
                        .findFirst()
                        .orElse(status < 500 ? BAD_REQUEST : INTERNAL_ERROR);
        };
    }
}
