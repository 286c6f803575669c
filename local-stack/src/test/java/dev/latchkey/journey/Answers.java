package dev.latchkey.journey;

import com.sun.net.httpserver.HttpHandler;
import java.nio.charset.StandardCharsets;

/** What a provider may say instead. */
final class Answers {

    private Answers() {}

    static HttpHandler json(String body) {
        return status(200, body);
    }

    static HttpHandler status(int status, String body) {
        return exchange -> {
            try (exchange) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        };
    }
}
