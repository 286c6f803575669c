package dev.latchkey.api.web;

import dev.latchkey.api.token.Claims;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** From here on the log says who: by the token alone, whatever the caller's headers claim. */
final class ActorFilter extends OncePerRequestFilter {

    private static final String SESSION = "session_id";

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken bearer) {
            Jwt token = bearer.getToken();
            MDC.put("actor_uid", Claims.actorUid(token));
            String keycloaks = token.getClaimAsString("sid");
            if (keycloaks != null && MDC.get(SESSION) == null) {
                MDC.put(SESSION, keycloaks);
            }
        }
        chain.doFilter(request, response);
    }
}
