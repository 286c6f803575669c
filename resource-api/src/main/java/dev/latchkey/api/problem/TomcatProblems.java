package dev.latchkey.api.problem;

import dev.latchkey.api.correlation.Correlation;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what never reaches a controller: requests that Tomcat itself refuses, and errors that leave every filter. Tomcat makes it
 * from the class name, hence public.
 */
public final class TomcatProblems extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(TomcatProblems.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (throwable != null && response.getStatus() >= 500) {
            // Tomcat's own line, which is off, would repeat the message. What is no HTTP is its sender's fault.
            log.error("Unexpected", throwable);
        }
        // A status that came with a body, or a second report, is left alone, as in the valve that this one replaces.
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        // An exception that left every filter has made Tomcat forget the headers.
        Correlation.of(request).answer(response::setHeader);
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            Problems.writeBody(request, response, ErrorCode.of(response.getStatus()));
            response.finishResponse();
        } catch (IOException e) {
            log.debug("The caller left before the answer was written", e);
        }
    }
}
