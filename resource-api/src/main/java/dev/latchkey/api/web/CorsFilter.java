package dev.latchkey.api.web;

import dev.latchkey.api.correlation.Correlation;
import dev.latchkey.api.correlation.TraceParent;
import dev.latchkey.api.limit.RateLimitFilter;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.Problems;
import dev.latchkey.api.receipts.Idempotency;
import dev.latchkey.api.token.DPoP;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Lets pages of the listed origins call the API, without credentials: a bearer token is sent by script, never by the browser itself. */
final class CorsFilter extends org.springframework.web.filter.CorsFilter {

    CorsFilter(List<String> origins) {
        this(allowing(origins));
    }

    private CorsFilter(CorsConfiguration allowed) {
        super(request -> allowed);
        setCorsProcessor(new Processor());
    }

    private static CorsConfiguration allowing(List<String> origins) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(origins);
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.IF_MATCH,
                HttpHeaders.IF_NONE_MATCH,
                Idempotency.KEY,
                DPoP.PROOF,
                Correlation.REQUEST_ID,
                Correlation.SESSION_ID,
                Correlation.DEVICE_ID,
                TraceParent.HEADER));
        cors.setExposedHeaders(List.of(
                HttpHeaders.ETAG,
                HttpHeaders.LOCATION,
                HttpHeaders.RETRY_AFTER,
                HttpHeaders.WWW_AUTHENTICATE,
                DPoP.NONCE,
                RateLimitFilter.LIMIT,
                RateLimitFilter.POLICY,
                Correlation.REQUEST_ID,
                Correlation.SESSION_ID,
                Correlation.DEVICE_ID,
                TraceParent.HEADER));
        cors.setAllowCredentials(false);
        cors.setMaxAge(Duration.ofHours(1));
        return cors;
    }

    /** Spring's own refusal is a line of plain text. */
    private static final class Processor extends DefaultCorsProcessor {

        @Override
        public boolean processRequest(
                @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            boolean allowed = super.processRequest(configuration, request, response);
            if (!allowed) {
                Problems.write(request, response, ErrorCode.ORIGIN_NOT_ALLOWED);
            }
            return allowed;
        }

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            response.setStatusCode(HttpStatus.FORBIDDEN);
        }
    }
}
