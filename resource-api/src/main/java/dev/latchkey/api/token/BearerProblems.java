package dev.latchkey.api.token;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.Problems;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Answers a request without a good token: WWW-Authenticate (RFC 6750 §3, RFC 9728 §5.1) and a problem. */
@Component
public final class BearerProblems implements AuthenticationEntryPoint, AuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(BearerProblems.class);

    private final AuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();

    BearerProblems() {}

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if (failure instanceof AuthenticationServiceException) {
            // No key was ever fetched: the token may well be good, so this is not a 401.
            log.warn("The issuer's keys cannot be fetched: {}", failure.getMessage());
            Problems.write(request, response, ErrorCode.UNAVAILABLE);
            return;
        }
        challenge.commence(request, response, failure);
        Problems.write(request, response, codeOf(failure));
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        commence(request, response, failure);
    }

    private static ErrorCode codeOf(AuthenticationException failure) {
        if (failure.getCause() instanceof JwtValidationException invalid
                && invalid.getErrors().contains(AccessTokenRules.EXPIRED)) {
            return ErrorCode.TOKEN_EXPIRED;
        }
        return failure instanceof OAuth2AuthenticationException ? ErrorCode.TOKEN_INVALID : ErrorCode.TOKEN_MISSING;
    }
}
