package dev.latchkey.api.token;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.Problems;
import dev.latchkey.api.revocation.StaleTokens;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Answers a request without a good token: WWW-Authenticate (RFC 6750 §3, RFC 9728 §5.1, RFC 9449 §7.1) and a problem. */
@Component
public final class TokenProblems implements AuthenticationEntryPoint, AuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(TokenProblems.class);

    private final AuthenticationEntryPoint bearer = new BearerTokenAuthenticationEntryPoint();

    TokenProblems() {}

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if (isOutage(request, response, failure)) {
            return;
        }
        bearer.commence(request, response, failure);
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(null));
        Problems.write(request, response, codeOf(failure));
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        commence(request, response, failure);
    }

    /** To a request with scheme DPoP, which is told of that scheme alone: some clients look at a challenge only if it is the only one. */
    void ofProof(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (isOutage(request, response, failure)) {
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(errorOf(failure)));
        Problems.write(request, response, codeOf(failure));
    }

    private static boolean isOutage(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (!(failure instanceof AuthenticationServiceException)) {
            return false;
        }
        // No key was ever fetched: the token may well be good, so this is not a 401.
        log.warn("The issuer's keys cannot be fetched: {}", failure.getMessage());
        Problems.write(request, response, ErrorCode.UNAVAILABLE);
        return true;
    }

    private static String challenge(@Nullable OAuth2Error error) {
        var parameters = new StringJoiner(", ", "DPoP ", "");
        if (error != null) {
            parameters.add("error=\"" + error.getErrorCode() + '"');
            if (error.getDescription() != null) {
                parameters.add("error_description=\"" + error.getDescription() + '"');
            }
        }
        return parameters
                .add("algs=\"" + String.join(" ", DPoP.ALGORITHMS) + '"')
                .toString();
    }

    private static @Nullable OAuth2Error errorOf(AuthenticationException failure) {
        if (!(failure instanceof OAuth2AuthenticationException invalid)) {
            return null;
        }
        Collection<OAuth2Error> broken = isProof(invalid) ? brokenRules(failure) : List.of();
        if (broken.isEmpty()) {
            return invalid.getError();
        }
        OAuth2Error first = broken.iterator().next();
        return first.equals(ProofRules.NONCE)
                ? first
                : new OAuth2Error(OAuth2ErrorCodes.INVALID_DPOP_PROOF, first.getDescription(), null);
    }

    private static ErrorCode codeOf(AuthenticationException failure) {
        if (!(failure instanceof OAuth2AuthenticationException invalid)) {
            return ErrorCode.TOKEN_MISSING;
        }
        Collection<OAuth2Error> broken = brokenRules(failure);
        if (broken.contains(AccessTokenRules.EXPIRED)) {
            return ErrorCode.TOKEN_EXPIRED;
        }
        if (broken.contains(StaleTokens.STALE)) {
            return ErrorCode.TOKEN_STALE;
        }
        if (broken.contains(ProofRules.NONCE)) {
            return ErrorCode.USE_DPOP_NONCE;
        }
        return isProof(invalid) ? ErrorCode.INVALID_DPOP_PROOF : ErrorCode.TOKEN_INVALID;
    }

    private static boolean isProof(OAuth2AuthenticationException failure) {
        return OAuth2ErrorCodes.INVALID_DPOP_PROOF.equals(failure.getError().getErrorCode());
    }

    private static Collection<OAuth2Error> brokenRules(AuthenticationException failure) {
        return failure.getCause() instanceof JwtValidationException invalid ? invalid.getErrors() : List.of();
    }
}
