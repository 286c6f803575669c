package dev.latchkey.api.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where callers reach this API. What the request says of it ({@code Host}) is the caller's word: somebody who was sent a proof as the
 * server {@code evil.example} could pass it on with that host. So it counts on loopback only, for development.
 */
final class PublicAddress {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String configured;

    /** @param configured {@code scheme://host[:port]}, or empty */
    PublicAddress(String configured) {
        this.configured = configured;
    }

    /** The address that was called, without query; null if that cannot be known. */
    @Nullable
    String of(HttpServletRequest request) {
        if (!configured.isEmpty()) {
            return configured + request.getRequestURI();
        }
        return LOOPBACK.contains(request.getServerName())
                ? request.getRequestURL().toString()
                : null;
    }
}
