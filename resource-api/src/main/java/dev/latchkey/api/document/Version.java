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
     * Holds a change of the row to {@code If-Match} and {@code If-None-Match}, if they are there (RFC 9110 §13.1.1, §13.1.2: one of
     * several, or {@code *}; strong comparison for the first, weak for the second).
     *
     * @throws ProblemException {@link ErrorCode#PRECONDITION_FAILED}
     */
    public static void check(long version, HttpHeaders request) {
        List<String> expected = request.getOrEmpty(HttpHeaders.IF_MATCH);
        List<String> refused = request.getOrEmpty(HttpHeaders.IF_NONE_MATCH);
        if ((!expected.isEmpty() && !matches(version, expected, true))
                || (!refused.isEmpty() && matches(version, refused, false))) {
            throw new ProblemException(ErrorCode.PRECONDITION_FAILED);
        }
    }

    private static boolean matches(long version, List<String> tags, boolean strong) {
        ETag current = new ETag(Long.toString(version), false);
        return ETag.parse(String.join(",", tags)).stream()
                .anyMatch(tag -> tag.isWildcard() || tag.compare(current, strong));
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
