package dev.latchkey.api.page;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;

/** What {@code ?limit=&cursor=} asks for. A controller method takes it as a parameter. */
public record PageRequest(int limit, Cursor after) {

    static final int DEFAULT = 20;
    static final int MOST = 100;

    static PageRequest of(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(limit == null ? DEFAULT : parse(limit), Cursor.parse(cursor));
    }

    /** One row more than asked for tells whether there is a next page. */
    public Limit rows() {
        return Limit.of(limit + 1);
    }

    private static int parse(String limit) {
        if (limit.matches("[0-9]{1,3}")) {
            int n = Integer.parseInt(limit);
            if (n >= 1 && n <= MOST) {
                return n;
            }
        }
        throw new ProblemException(
                ErrorCode.INVALID_PARAMETER, FieldError.parameter("limit", "must be a number from 1 to " + MOST));
    }
}
