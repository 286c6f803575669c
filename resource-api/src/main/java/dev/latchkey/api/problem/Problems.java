package dev.latchkey.api.problem;

import dev.latchkey.api.correlation.Correlation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Makes every problem response: for controllers, for filters, and for Tomcat itself. */
public final class Problems {

    /** Its own, because Tomcat needs it where no bean is in reach. */
    private static final JsonMapper JSON = JsonMapper.shared();

    private Problems() {}

    /** What the API answers when that is thrown, for work that no request waits for. */
    public static ErrorCode codeOf(Throwable thrown) {
        return thrown instanceof ProblemException problem ? problem.code() : Faults.codeOf(thrown);
    }

    /** Answers from a filter, where no controller advice is in reach. */
    public static void write(HttpServletRequest request, HttpServletResponse response, ErrorCode code)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.setStatus(code.status().value());
        writeBody(request, response, code);
    }

    /** Leaves the status as it is: it may have no code of its own. */
    static void writeBody(HttpServletRequest request, HttpServletResponse response, ErrorCode code) throws IOException {
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (code.retryAfter() > 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(code.retryAfter()));
        }
        byte[] body = JSON.writeValueAsBytes(Problem.of(
                code,
                response.getStatus(),
                Map.of(),
                List.of(),
                Correlation.of(request).requestId()));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static ResponseEntity<Object> response(
            HttpServletRequest request, ErrorCode code, List<FieldError> errors, HttpHeaders headers) {
        return response(request, new ProblemException(code, errors), headers);
    }

    static ResponseEntity<Object> response(HttpServletRequest request, ProblemException problem, HttpHeaders headers) {
        ErrorCode code = problem.code();
        ResponseEntity.BodyBuilder response = ResponseEntity.status(code.status())
                .headers(headers)
                // Preset, so that it is sent whatever the caller accepts.
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (code.retryAfter() > 0) {
            response.header(HttpHeaders.RETRY_AFTER, Integer.toString(code.retryAfter()));
        }
        return response.body(Problem.of(
                code,
                code.status().value(),
                problem.members(),
                problem.errors(),
                Correlation.of(request).requestId()));
    }
}
