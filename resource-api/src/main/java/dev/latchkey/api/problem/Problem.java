package dev.latchkey.api.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * The body of every error (RFC 9457 §3). It has no {@code instance}: the same problem is the same bytes but for the request id.
 *
 * @param type always {@code about:blank}: {@code code} tells kinds apart
 * @param title the phrase of the status, as {@code about:blank} asks for (RFC 9457 §4.2.1)
 * @param members what only this code tells (RFC 9457 §3.2)
 * @param errors which parts of the request are wrong; absent when that cannot be told
 */
@JsonPropertyOrder({"type", "title", "status", "code", "detail", "errors", "request_id"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        @JsonAnyGetter Map<String, Object> members,
        List<FieldError> errors,
        @JsonProperty("request_id") String requestId) {

    static Problem of(
            ErrorCode code, int status, Map<String, Object> members, List<FieldError> errors, String requestId) {
        HttpStatus known = HttpStatus.resolve(status);
        String title = (known == null ? code.status() : known).getReasonPhrase();
        return new Problem("about:blank", title, status, code.code(), code.detail(), members, errors, requestId);
    }
}
