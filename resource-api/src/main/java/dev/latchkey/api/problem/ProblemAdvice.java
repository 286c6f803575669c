package dev.latchkey.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.Errors;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns whatever comes out of a controller, or out of Spring MVC before one, into a problem. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /** What is said of an archive, or of a part of one, and not of a problem. */
    private static final List<String> OF_THE_ANSWER = List.of(
            HttpHeaders.ETAG, HttpHeaders.CONTENT_RANGE, HttpHeaders.ACCEPT_RANGES, HttpHeaders.CONTENT_DISPOSITION);

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException e, HttpServletRequest request, HttpServletResponse response) {
        startAgain(e, response);
        return Problems.response(request, e, HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> json(JacksonException e, HttpServletRequest request) {
        JsonFault fault = JsonFault.of(e);
        return Problems.response(request, fault.code(), fault.errors(), HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidDocumentException e, HttpServletRequest request) {
        return invalid(e.errors(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> parameter(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        String name = e.getName();
        Class<?> type = e.getRequiredType();
        String form = type == null ? "another form" : "the form of " + type.getSimpleName();
        return Problems.response(
                request,
                ErrorCode.INVALID_PARAMETER,
                List.of(FieldError.parameter(name, "must have " + form)),
                HttpHeaders.EMPTY);
    }

    /**
     * A race that the caller guarded against with If-Match is his precondition failing (RFC 9110 §13.1.1). Only POST makes something new by
     * intent: elsewhere two were the first at the same time.
     */
    @ExceptionHandler
    ResponseEntity<Object> anything(Exception e, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (e instanceof IOException) {
            // The caller has left, or what was to be sent cannot be read any more.
            startAgain(e, response);
        }
        if (e instanceof AuthenticationException failure) {
            // For the filter chain, which knows how to challenge.
            throw failure;
        }
        ErrorCode code = Faults.codeOf(e);
        if (code == ErrorCode.ALREADY_EXISTS && !HttpMethod.POST.matches(request.getMethod())) {
            code = ErrorCode.EDIT_CONFLICT;
        }
        if (code == ErrorCode.EDIT_CONFLICT && request.getHeader(HttpHeaders.IF_MATCH) != null) {
            code = ErrorCode.PRECONDITION_FAILED;
        }
        switch (code.status()) {
            case INTERNAL_SERVER_ERROR -> log.error("Unexpected", e);
            case SERVICE_UNAVAILABLE -> log.warn("Unavailable: {}", rootOf(e).toString());
            default -> {}
        }
        return Problems.response(request, code, List.of(), HttpHeaders.EMPTY);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpServletRequest http = ((ServletWebRequest) request).getRequest();
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof ProblemException problem) {
                return Problems.response(http, problem, HttpHeaders.EMPTY);
            }
        }
        return e.getCause() instanceof JacksonException json
                ? json(json, http)
                : Problems.response(http, ErrorCode.MALFORMED_JSON, List.of(), headers);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e.getBindingResult(), ((ServletWebRequest) request).getRequest());
    }

    /** Everything else that Spring MVC itself refuses: by its status alone, with the headers that belong to it. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ServletWebRequest http = (ServletWebRequest) request;
        if (http.getResponse() != null && http.getResponse().isCommitted()) {
            return null;
        }
        ErrorCode code = ErrorCode.of(status.value());
        if (code == ErrorCode.INTERNAL_ERROR) {
            log.error("Unexpected", e);
        }
        return Problems.response(http.getRequest(), code, List.of(), headers);
    }

    private static ResponseEntity<Object> invalid(Errors errors, HttpServletRequest request) {
        return Problems.response(request, ErrorCode.INVALID_FIELD, FieldError.of(errors), HttpHeaders.EMPTY);
    }

    /**
     * Takes back what was said of the answer that is not sent. Where half of it is, Tomcat ends the connection, so that nobody waits for the
     * rest or takes something else for it.
     */
    private static <E extends Exception> void startAgain(E e, HttpServletResponse response) throws E {
        if (response.isCommitted()) {
            log.warn("An answer broke off: {}", rootOf(e).getClass().getName());
            throw e;
        }
        response.setContentLengthLong(-1);
        OF_THE_ANSWER.forEach(header -> response.setHeader(header, null));
    }

    private static Throwable rootOf(Throwable t) {
        Throwable root = t;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
