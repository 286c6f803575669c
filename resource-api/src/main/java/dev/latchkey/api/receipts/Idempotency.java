package dev.latchkey.api.receipts;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a request that is sent again with the same {@code Idempotency-Key} as it was answered the first time, and does nothing again
 * (draft-ietf-httpapi-idempotency-key-header-07). What failed is not kept: it may be mended and sent again.
 */
@Component
public final class Idempotency {

    public static final String KEY = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /**
     * The lock and the look in one statement. It looks before it holds the lock, so it may miss what was answered in between: saving
     * another receipt of that key then fails, and with it the change.
     */
    private static final String CLAIM = """
            select pg_try_advisory_xact_lock(hashtextextended('request of ' || app.current_owner() || ' ' || ?, 0)) as mine, fingerprint, receipt
            from (values (true)) one
            left join receipts on kind = 'request' and key = ? and created_at > now() - interval '30 days'""";

    private final JdbcClient jdbc;
    private final Receipts receipts;
    private final JsonMapper json;

    Idempotency(JdbcClient jdbc, Receipts receipts, JsonMapper json) {
        this.jdbc = jdbc;
        this.receipts = receipts;
        this.json = json;
    }

    /**
     * Does the work, or tells what was answered when it was done. In the transaction of the work.
     *
     * @param key of the request's header; null: does the work, and costs nothing
     * @param request all that makes it another request, as it is written in JSON
     * @throws ProblemException {@link ErrorCode#INVALID_PARAMETER} for a key that is not 1 to 128 visible characters of ASCII,
     *     {@link ErrorCode#IDEMPOTENCY_KEY_REUSED} if it came with another request, {@link ErrorCode#REQUEST_UNDER_WAY}
     */
    public <T> ResponseEntity<T> once(@Nullable String key, Object request, Supplier<ResponseEntity<T>> work) {
        if (key == null) {
            return work.get();
        }
        if (!FORM.matcher(key).matches()) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER,
                    FieldError.parameter(KEY, "must be 1 to 128 visible characters of ASCII"));
        }
        String fingerprint = Fingerprint.of(json.valueToTree(request));
        Claim claim = jdbc.sql(CLAIM)
                .params(key, key)
                .query((row, i) ->
                        new Claim(row.getBoolean("mine"), row.getString("fingerprint"), row.getString("receipt")))
                .single();
        if (claim.receipt() != null) {
            return repeated(claim, claim.receipt(), fingerprint);
        }
        if (!claim.mine()) {
            throw new ProblemException(ErrorCode.REQUEST_UNDER_WAY);
        }
        ResponseEntity<T> answer = work.get();
        receipts.save(
                "request",
                List.of(new Receipt(key, fingerprint, json.writeValueAsString(Answer.of(answer, json)))),
                null,
                null);
        return answer;
    }

    private <T> ResponseEntity<T> repeated(Claim claim, String receipt, String fingerprint) {
        if (!fingerprint.equals(claim.fingerprint())) {
            throw new ProblemException(ErrorCode.IDEMPOTENCY_KEY_REUSED);
        }
        return json.readValue(receipt, Answer.class).response(json);
    }

    private record Claim(
            boolean mine,
            @Nullable String fingerprint,
            @Nullable String receipt) {}

    /** @param body as text, since jsonb keeps no order of names */
    private record Answer(
            int status, @Nullable URI location, @Nullable String etag, String body) {

        static Answer of(ResponseEntity<?> answer, JsonMapper json) {
            return new Answer(
                    answer.getStatusCode().value(),
                    answer.getHeaders().getLocation(),
                    answer.getHeaders().getETag(),
                    json.writeValueAsString(answer.getBody()));
        }

        /** Whoever asked for it only writes it out, so that a tree does for whatever type it was. */
        @SuppressWarnings("unchecked")
        <T> ResponseEntity<T> response(JsonMapper json) {
            ResponseEntity.BodyBuilder response = ResponseEntity.status(status);
            if (location != null) {
                response.location(location);
            }
            if (etag != null) {
                response.eTag(etag);
            }
            return (ResponseEntity<T>) response.body(json.readTree(body));
        }
    }
}
