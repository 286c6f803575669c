package dev.latchkey.api.ops;

import dev.latchkey.api.entitlement.Entitlements;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets in whose token says {@code app_metadata.permissions} with {@code ops}: an attribute that admins of the realm alone can set. */
final class OperatorsOnly implements HandlerInterceptor {

    static final String PERMISSION = "ops";

    private final Entitlements entitlements;

    OperatorsOnly(Entitlements entitlements) {
        this.entitlements = entitlements;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // Anything else is no route of ours but the answer that there is none.
        if (handler instanceof HandlerMethod && !entitlements.permits(PERMISSION)) {
            throw new AccessDeniedException("no operator");
        }
        return true;
    }
}
