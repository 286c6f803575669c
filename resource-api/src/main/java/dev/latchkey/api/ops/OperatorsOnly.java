package dev.latchkey.api.ops;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets in whose token says {@code app_metadata.permissions} with {@code ops}: an attribute that admins of the realm alone can set. */
final class OperatorsOnly implements HandlerInterceptor {

    static final String PERMISSION = "ops";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // Anything else is no route of ours but the answer that there is none.
        if (handler instanceof HandlerMethod && !isOperator()) {
            throw new AccessDeniedException("no operator");
        }
        return true;
    }

    private static boolean isOperator() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken bearer
                && bearer.getToken().getClaimAsMap("app_metadata") != null
                && bearer.getToken().getClaimAsMap("app_metadata").get("permissions") instanceof List<?> permissions
                && permissions.contains(PERMISSION);
    }
}
