package dev.latchkey.api.web;

import dev.latchkey.api.correlation.Correlation;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Around everything, Tomcat's own errors and asynchronous dispatches too, so that every answer and every log line of a request names it. */
final class CorrelationValve extends ValveBase {

    CorrelationValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Correlation correlation = Correlation.of(request);
        correlation.answer(response::setHeader);
        correlation.enter();
        try {
            getNext().invoke(request, response);
        } finally {
            Correlation.leave();
        }
    }
}
