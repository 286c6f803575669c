package dev.latchkey.api.document;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.util.List;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/** A row's version as an entity tag (RFC 9110 §8.8.3). */
public final class Version {

    private Version() {}

    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Holds the row to {@code If-Match}, if there is one (RFC 9110 §13.1.1: strong comparison, one of several, or {@code *}).
     *
     * @throws ProblemException {@link ErrorCode#PRECONDITION_FAILED}
     */
    public static void check(long version, HttpHeaders request) {
        List<String> expected = request.getOrEmpty(HttpHeaders.IF_MATCH);
        if (expected.isEmpty()) {
            return;
        }
        ETag current = new ETag(Long.toString(version), false);
        boolean matches = ETag.parse(String.join(",", expected)).stream()
                .anyMatch(tag -> tag.isWildcard() || tag.compare(current, true));
        if (!matches) {
            throw new ProblemException(ErrorCode.PRECONDITION_FAILED);
        }
    }

    /**
     * Holds what is not there yet to {@code If-Match}, which names something that is.
     *
     * @throws ProblemException {@link ErrorCode#PRECONDITION_FAILED}
     */
    public static void checkAbsent(HttpHeaders request) {
        if (!request.getOrEmpty(HttpHeaders.IF_MATCH).isEmpty()) {
            throw new ProblemException(ErrorCode.PRECONDITION_FAILED);
        }
    }
}
