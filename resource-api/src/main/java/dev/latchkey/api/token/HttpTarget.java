package dev.latchkey.api.token;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * An http address without query and fragment, in the normal form in which a proof's {@code htu} is compared (RFC 9449 §4.3, RFC 3986
 * §6.2.2 and §6.2.3).
 *
 * @param path decoded segment by segment, so that an encoded slash stays apart from one that separates; a character is a byte
 */
record HttpTarget(String scheme, String host, int port, List<String> path) {

    /** Null for what is no such address. */
    static @Nullable HttpTarget of(@Nullable Object text) {
        if (!(text instanceof String address)) {
            return null;
        }
        try {
            URI uri = new URI(address);
            if (uri.getScheme() == null
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || !isPlain(uri.getRawPath())) {
                return null;
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(scheme);
            return port < 0
                    ? null
                    : new HttpTarget(
                            scheme,
                            uri.getHost().toLowerCase(Locale.ROOT),
                            port,
                            segments(uri.normalize().getRawPath()));
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** {@code URI} takes more characters than RFC 3986 does, and {@code normalize} drops empty segments. */
    private static boolean isPlain(String path) {
        return path.chars().allMatch(character -> character < 128) && !path.contains("//");
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }

    private static List<String> segments(String path) {
        return Arrays.stream((path.isEmpty() ? "/" : path).split("/", -1))
                .map(segment -> UriUtils.decode(segment, StandardCharsets.ISO_8859_1))
                .toList();
    }
}
