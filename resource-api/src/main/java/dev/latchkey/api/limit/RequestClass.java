package dev.latchkey.api.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests that have a budget in common. Reads have none: they cost the caller as much as us. */
enum RequestClass {
    /** Changes of rows, one by one. */
    WRITES,
    BATCHES,
    /** Whatever changes or makes one. */
    SNAPSHOTS,
    /** Archives by link: by nobody in particular, so the address's budget alone. A class of its own, or strangers would use up that of those who sign in. */
    DOWNLOADS,
    /** What Keycloak is asked for on the caller's behalf. */
    EXCHANGES;

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    /** Null for requests that have no budget. */
    static @Nullable RequestClass of(HttpServletRequest request) {
        // As handlers are found, so not getRequestURI: a letter may be written as %76, too.
        String path = request.getServletPath();
        if (path.startsWith("/downloads/")) {
            return DOWNLOADS;
        }
        if (READS.contains(request.getMethod()) || !path.startsWith("/v1/")) {
            return null;
        }
        if (path.equals("/v1/writes/batch")) {
            return BATCHES;
        }
        if (isBelow(path, "/v1/snapshots")) {
            return SNAPSHOTS;
        }
        return isBelow(path, "/v1/sync") || isBelow(path, "/v1/me") ? EXCHANGES : WRITES;
    }

    private static boolean isBelow(String path, String parent) {
        return path.equals(parent) || path.startsWith(parent + "/");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
