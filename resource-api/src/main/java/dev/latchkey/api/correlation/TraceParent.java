package dev.latchkey.api.correlation;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to (W3C Trace Context §3.2).
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param parentId the caller's span: 16 such digits
 * @param flags two such digits
 * @param isCallers whether the caller named it; else it begins here
 */
public record TraceParent(String traceId, String parentId, String flags, boolean isCallers) {

    public static final String HEADER = "traceparent";

    /** Versions after 00 may append fields; ff and ids of zeros only are none (§3.2.2). */
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})" + "-([0-9a-f]{2})(-[ -~]{0,200})?");

    private static final String NOT_SAMPLED = "00";

    /** The caller's trace if he names one, else a new one. */
    static TraceParent of(@Nullable String header) {
        if (header == null) {
            return fresh();
        }
        Matcher given = FORM.matcher(header);
        boolean valid = given.matches() && (given.group(5) == null || !"00".equals(given.group(1)));
        return valid ? new TraceParent(given.group(2), given.group(3), given.group(4), true) : fresh();
    }

    private static TraceParent fresh() {
        var random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        // A first half of zeros has a probability of 2^-64; the bit rules it out.
        String traceId = hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
        return new TraceParent(traceId, hex.toHexDigits(random.nextLong() | 1), NOT_SAMPLED, false);
    }

    /** As a header of version 00. */
    @Override
    public String toString() {
        return "00-" + traceId + '-' + parentId + '-' + flags;
    }
}
