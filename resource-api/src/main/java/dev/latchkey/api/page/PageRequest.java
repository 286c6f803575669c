package dev.latchkey.api.page;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code ?limit=&cursor=} asks for. A controller method takes it as a parameter. */
public record PageRequest(int limit, Cursor after) {

    public static final List<String> PARAMETERS = List.of("limit", "cursor");

    static final int DEFAULT = 20;
    static final int MOST = 100;

    static PageRequest of(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(limit == null ? DEFAULT : parse(limit), Cursor.parse(cursor));
    }

    /** How many to look for: one more than asked for tells whether there is a next page. */
    public int rows() {
        return limit + 1;
    }

    /**
     * What is said of a parameter that a list does not take.
     *
     * @param others that it takes beside {@link #PARAMETERS}
     */
    public static ProblemException unknown(String name, Collection<String> others) {
        String known =
                Stream.concat(PARAMETERS.stream(), others.stream().sorted()).collect(Collectors.joining(", "));
        return new ProblemException(
                ErrorCode.INVALID_PARAMETER,
                FieldError.parameter(name, "is no parameter of this list: known are " + known));
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
