package dev.latchkey.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** An HTTP proxy between a program and its servers, on which things go wrong. */
final class Wire implements AutoCloseable {

    private static final Set<String> PASSED_ON = Set.of("content-type", "authorization", "accept", "dpop");

    private static final List<String> PASSED_BACK = List.of("Content-Type", "DPoP-Nonce", "WWW-Authenticate");

    /** Stands in no body. */
    private static final String NOTHING = "\u0000";

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicReference<String> lost = new AtomicReference<>(NOTHING);
    private final AtomicReference<String> doubled = new AtomicReference<>(NOTHING);

    Wire() throws IOException {
        server.createContext("/", this::handle);
        server.start();
    }

    /** The next request with this in its body reaches the server, and its answer nobody. */
    void losing(String body) {
        lost.set(body);
    }

    /** The next request with this in its body reaches the server twice, and the second answer comes back. */
    void doubling(String body) {
        doubled.set(body);
    }

    List<String> javaOptions() {
        return List.of(
                "-Dhttp.proxyHost=localhost",
                "-Dhttp.proxyPort=" + server.getAddress().getPort(),
                "-Dhttp.nonProxyHosts=");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request = HttpRequest.newBuilder(exchange.getRequestURI())
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<String> answer = Http.send(request.build());
            String text = new String(body, StandardCharsets.UTF_8);
            if (happensOnce(lost, text)) {
                return;
            }
            if (happensOnce(doubled, text)) {
                answer = Http.send(request.build());
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            for (String name : PASSED_BACK) {
                exchange.getResponseHeaders().put(name, answer.headers().allValues(name));
            }
            exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static boolean happensOnce(AtomicReference<String> trouble, String body) {
        String what = trouble.get();
        return body.contains(what) && trouble.compareAndSet(what, NOTHING);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
