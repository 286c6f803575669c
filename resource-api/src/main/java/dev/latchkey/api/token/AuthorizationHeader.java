package dev.latchkey.api.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.stereotype.Component;

/** Takes the token from the Authorization header alone (RFC 6750 §2.1; its other two ways leak into logs), and from one header only. */
@Component
public final class AuthorizationHeader implements BearerTokenResolver {

    private static final String SCHEME = "Bearer";

    AuthorizationHeader() {}

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        requireOne(request);
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        if (!isToken(header, SCHEME.length())) {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("Bearer token is malformed"));
        }
        return header.substring(SCHEME.length() + 1);
    }

    /** One space and a {@code b64token} (RFC 6750 §2.1). Spring's resolver says the same with a regular expression, over a thousand characters in each request. */
    private static boolean isToken(String header, int from) {
        int end = header.length();
        while (end > from && header.charAt(end - 1) == '=') {
            end--;
        }
        int first = from + 1;
        if (end <= first || header.charAt(from) != ' ') {
            return false;
        }
        for (int i = first; i < end; i++) {
            char c = header.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~+/".indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    static void requireOne(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (headers.size() > 1) {
            throw new OAuth2AuthenticationException(
                    BearerTokenErrors.invalidToken("More than one Authorization header"));
        }
    }
}
