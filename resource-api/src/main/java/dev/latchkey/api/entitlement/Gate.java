package dev.latchkey.api.entitlement;

import dev.latchkey.api.problem.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Holds every handler to its {@link Requires}. */
final class Gate implements HandlerInterceptor {

    private final Entitlements entitlements;
    private final TierSettings tiers;

    /** To look for annotations costs more than all else here. */
    private final Map<Handler, Optional<Entitlement>> needed = new ConcurrentHashMap<>();

    Gate(Entitlements entitlements, TierSettings tiers) {
        this.entitlements = entitlements;
        this.tiers = tiers;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            needed.computeIfAbsent(new Handler(method.getBeanType(), method.getMethod()), Gate::needed)
                    .ifPresent(this::require);
        }
        return true;
    }

    private void require(Entitlement entitlement) {
        Granted granted = entitlements.current();
        if (granted == null || !granted.has(entitlement)) {
            throw Refusal.of(
                    ErrorCode.ENTITLEMENT_REQUIRED,
                    Map.of("entitlement", entitlement.toString()),
                    tiers.lowest(tier -> tiers.entitlements(tier).contains(entitlement)));
        }
    }

    /** How many handlers it has met. */
    int known() {
        return needed.size();
    }

    private static Optional<Entitlement> needed(Handler handler) {
        Requires own = AnnotatedElementUtils.findMergedAnnotation(handler.method(), Requires.class);
        Requires said = own != null ? own : AnnotatedElementUtils.findMergedAnnotation(handler.type(), Requires.class);
        return Optional.ofNullable(said).map(Requires::value);
    }

    /** Not Spring's: it is as new as its bean, and the one that answers OPTIONS is made for each request. */
    private record Handler(Class<?> type, Method method) {}
}
