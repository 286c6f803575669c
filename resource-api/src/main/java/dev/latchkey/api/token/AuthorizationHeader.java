package dev.latchkey.api.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.stereotype.Component;

/** Takes the token from the Authorization header alone (RFC 6750 §2.1; its other two ways leak into logs), and from one header only. */
@Component
public final class AuthorizationHeader implements BearerTokenResolver {

    private final BearerTokenResolver header = new DefaultBearerTokenResolver();

    AuthorizationHeader() {}

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        requireOne(request);
        return header.resolve(request);
    }

    static void requireOne(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (headers.size() > 1) {
            throw new OAuth2AuthenticationException(
                    BearerTokenErrors.invalidToken("More than one Authorization header"));
        }
    }
}
