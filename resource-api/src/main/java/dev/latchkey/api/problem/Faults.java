package dev.latchkey.api.problem;

import dev.latchkey.rowsecurity.RowSecurityException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;

/** Which code an exception gets, by its own type or that of any of its causes. What is not named here is an internal error. */
final class Faults {

    /** By SQLSTATE, else by its class, the first two characters (https://www.postgresql.org/docs/18/errcodes-appendix.html). */
    private static final Map<String, ErrorCode> BY_SQL_STATE = Map.ofEntries(
            Map.entry("23505", ErrorCode.ALREADY_EXISTS),
            Map.entry("LK409", ErrorCode.RESTORE_IN_PROGRESS),
            Map.entry("LK410", ErrorCode.OWNER_DELETED),
            Map.entry("42501", ErrorCode.POLICY_VIOLATION),
            Map.entry("22", ErrorCode.INVALID_FIELD),
            Map.entry("23", ErrorCode.INVALID_FIELD),
            Map.entry("40", ErrorCode.EDIT_CONFLICT),
            Map.entry("55P03", ErrorCode.UNAVAILABLE),
            Map.entry("08", ErrorCode.UNAVAILABLE),
            Map.entry("53", ErrorCode.UNAVAILABLE),
            Map.entry("57", ErrorCode.UNAVAILABLE));

    private Faults() {}

    static ErrorCode codeOf(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            ErrorCode code = ownCodeOf(t);
            if (code != null) {
                return code;
            }
        }
        return ErrorCode.INTERNAL_ERROR;
    }

    private static @Nullable ErrorCode ownCodeOf(Throwable t) {
        if (t instanceof OptimisticLockingFailureException) {
            return ErrorCode.EDIT_CONFLICT;
        }
        if (t instanceof AccessDeniedException) {
            return ErrorCode.FORBIDDEN;
        }
        if (t instanceof RowSecurityException refusal) {
            return ErrorCode.of(refusal.code());
        }
        if (t instanceof InvalidParameterException || t instanceof RequestRejectedException) {
            // Tomcat's and Spring Security's, for a query that is no good percent encoding, has too many parameters, or
            // control characters.
            return ErrorCode.BAD_REQUEST;
        }
        if (t instanceof NumberFormatException && isOfTheJsonParser(t)) {
            return ErrorCode.MALFORMED_JSON;
        }
        return t instanceof SQLException sql ? ofSqlState(sql.getSQLState()) : null;
    }

    /** Jackson 3.1 lets it out as it is for a fraction whose exponent is beyond what a decimal can have. */
    private static boolean isOfTheJsonParser(Throwable t) {
        return Arrays.stream(t.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith("tools.jackson.core."));
    }

    private static @Nullable ErrorCode ofSqlState(@Nullable String state) {
        if (state == null) {
            // Hikari's own, for an exhausted pool and for a connection that died: Postgres always gives one.
            return ErrorCode.UNAVAILABLE;
        }
        ErrorCode exact = BY_SQL_STATE.get(state);
        return exact != null ? exact : BY_SQL_STATE.get(state.substring(0, Math.min(2, state.length())));
    }
}
