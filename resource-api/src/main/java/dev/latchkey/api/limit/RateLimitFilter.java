package dev.latchkey.api.limit;

import dev.latchkey.api.entitlement.Quotas;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.Problems;
import dev.latchkey.api.token.Claims;
import io.github.bucket4j.BucketExceptions;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 429 to whoever has used up the owner's budget or the address's, and tells in {@code RateLimit} and {@code RateLimit-Policy}
 * (draft-ietf-httpapi-ratelimit-headers-10) what is left of the scarcer one. Stands behind authentication, before the body is read.
 */
public final class RateLimitFilter extends OncePerRequestFilter {

    public static final String LIMIT = "RateLimit";
    public static final String POLICY = "RateLimit-Policy";

    private static final int WINDOW_SECONDS = 60;

    private final RateLimits limits;
    private final Quotas quotas;
    private final Budgets budgets;

    RateLimitFilter(RateLimits limits, Quotas quotas, Budgets budgets) {
        this.limits = limits;
        this.quotas = quotas;
        this.budgets = budgets;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RequestClass kind = RequestClass.of(request);
        long perOwner = kind == null ? 0 : perOwner(kind);
        if (kind == null || perOwner == 0 || admittedOrSaid(kind, perOwner, request, response)) {
            chain.doFilter(request, response);
        }
    }

    private long perOwner(RequestClass kind) {
        Long ofTier = quotas.perMinute(kind.toString());
        return ofTier == null ? limits.of(kind) : ofTier;
    }

    /** Without its count nothing is let through. */
    private boolean admittedOrSaid(
            RequestClass kind, long perOwner, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            return admitted(kind, perOwner, request, response);
        } catch (BucketExceptions.BucketExecutionException e) {
            Problems.write(request, response, ErrorCode.UNAVAILABLE);
            return false;
        }
    }

    private boolean admitted(RequestClass kind, long perOwner, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        long perAddress = Math.multiplyExact(perOwner, limits.addressFactor());
        // A budget is as large as when it was first taken from: those of other sizes are others.
        ConsumptionProbe address = budgets.take(kind + "/" + perAddress + "@" + Address.of(request), perAddress);
        String owner = owner();
        if (owner == null || !address.isConsumed()) {
            return told(kind, "address", perAddress, address, request, response);
        }
        ConsumptionProbe own = budgets.take(kind + "/" + perOwner + ":" + owner, perOwner);
        return own.getRemainingTokens() <= address.getRemainingTokens()
                ? told(kind, "owner", perOwner, own, request, response)
                : told(kind, "address", perAddress, address, request, response);
    }

    private static boolean told(
            RequestClass kind,
            String whose,
            long perMinute,
            ConsumptionProbe probe,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String policy = "\"" + kind + "-per-" + whose + "\"";
        long full = seconds(probe.getNanosToWaitForReset());
        response.setHeader(POLICY, policy + ";q=" + perMinute + ";w=" + WINDOW_SECONDS);
        response.setHeader(LIMIT, policy + ";r=" + probe.getRemainingTokens() + ";t=" + full);
        if (!probe.isConsumed()) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds(probe.getNanosToWaitForRefill()))));
            Problems.write(request, response, ErrorCode.RATE_LIMITED);
        }
        return probe.isConsumed();
    }

    private static long seconds(long nanos) {
        return (nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1);
    }

    private static @Nullable String owner() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken bearer
                ? Claims.ownerId(bearer.getToken())
                : null;
    }
}
