package dev.latchkey.api.correlation;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * By what a request is found again: in its answer, in the log, in the audit. Callers choose all of it, so it proves nothing.
 *
 * @param requestId 1 to 64 characters of {@code [A-Za-z0-9._-]}
 * @param trace the caller's, else a new one
 * @param sessionId of the same form as the request id; null if the caller named none
 * @param deviceId a UUID in lower case; null if the caller named none
 */
public record Correlation(
        String requestId,
        TraceParent trace,
        @Nullable String sessionId,
        @Nullable String deviceId) {

    public static final String REQUEST_ID = "X-Request-Id";
    public static final String SESSION_ID = "X-Session-Id";
    public static final String DEVICE_ID = "X-Device-Id";

    private static final String ATTRIBUTE = Correlation.class.getName();

    /** What a caller may choose needs no escaping in a header, in JSON or in a log line. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final Pattern DEVICE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final ThreadLocal<Correlation> CURRENT = new ThreadLocal<>();

    /** Of a request: by its headers, of which one that is not well-formed counts as not sent. Always the same for the same request. */
    public static Correlation of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Correlation known) {
            return known;
        }
        String requestId = wellFormed(NAME, request.getHeader(REQUEST_ID));
        String deviceId = wellFormed(DEVICE, request.getHeader(DEVICE_ID));
        var correlation = new Correlation(
                requestId == null ? UUID.randomUUID().toString() : requestId,
                TraceParent.of(request.getHeader(TraceParent.HEADER)),
                wellFormed(NAME, request.getHeader(SESSION_ID)),
                deviceId == null ? null : deviceId.toLowerCase(Locale.ROOT));
        request.setAttribute(ATTRIBUTE, correlation);
        return correlation;
    }

    /** Of the request that this thread works for; empty if it works for none. */
    public static Optional<Correlation> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** From now on this thread, and what it logs, works for the request; until {@link #leave}. */
    public void enter() {
        CURRENT.set(this);
        MDC.put("request_id", requestId);
        MDC.put("trace.id", trace.traceId());
        put("session_id", sessionId);
        put("device_id", deviceId);
    }

    /** The thread works for no request any more, and its log names nobody. */
    public static void leave() {
        CURRENT.remove();
        MDC.clear();
    }

    /** Work for another thread that does it for the same request, and logs it as such, until it is done. */
    public static Runnable wrap(Runnable work) {
        Correlation captured = CURRENT.get();
        Map<String, String> logged = MDC.getCopyOfContextMap();
        if (captured == null) {
            return work;
        }
        return () -> {
            CURRENT.set(captured);
            MDC.setContextMap(logged);
            try {
                work.run();
            } finally {
                leave();
            }
        };
    }

    /** As headers of a request to another service. */
    public void headers(BiConsumer<String, String> header) {
        header.accept(TraceParent.HEADER, trace.toString());
        headersWithoutTrace(header);
    }

    /** As headers of the answer: what the caller sent, and the request id. */
    public void answer(BiConsumer<String, String> header) {
        if (trace.isCallers()) {
            header.accept(TraceParent.HEADER, trace.toString());
        }
        headersWithoutTrace(header);
    }

    private void headersWithoutTrace(BiConsumer<String, String> header) {
        header.accept(REQUEST_ID, requestId);
        if (sessionId != null) {
            header.accept(SESSION_ID, sessionId);
        }
        if (deviceId != null) {
            header.accept(DEVICE_ID, deviceId);
        }
    }

    private static void put(String key, @Nullable String value) {
        if (value != null) {
            MDC.put(key, value);
        }
    }

    private static @Nullable String wellFormed(Pattern form, @Nullable String offered) {
        return offered != null && form.matcher(offered).matches() ? offered : null;
    }
}
