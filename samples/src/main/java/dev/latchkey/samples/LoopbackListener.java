package dev.latchkey.samples;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes the browser's answer, once, on a port of the loopback interface that the system chooses. What does not answer our question
 * is refused and changes nothing: every page that the browser shows can send requests here.
 */
final class LoopbackListener implements AutoCloseable {

    private static final String PATH = "/callback";
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%1$s</title>
            <style>
              :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
              body { margin: 20vh auto; max-width: 32rem; padding: 0 1rem; text-align: center }
            </style>
            <h1>%1$s</h1>
            <p>%2$s</p>
            """;

    private final HttpServer server;
    private final State state;
    private final Issuer issuer;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<AuthorizationResponse> answer = new CompletableFuture<>();

    private LoopbackListener(HttpServer server, State state, Issuer issuer) {
        this.server = server;
        this.state = state;
        this.issuer = issuer;
    }

    static LoopbackListener open(State state, Issuer issuer) throws IOException {
        LoopbackListener listener = new LoopbackListener(bound(), state, issuer);
        listener.server.createContext("/", listener::handle);
        // One who sends half a request keeps nobody else waiting.
        listener.server.setExecutor(listener.threads);
        listener.server.start();
        return listener;
    }

    /** Addresses, not the name localhost, which may resolve to anything (RFC 8252 §8.3). */
    private static HttpServer bound() throws IOException {
        try {
            return boundTo(new byte[] {127, 0, 0, 1});
        } catch (IOException noIPv4) {
            return boundTo(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        }
    }

    private static HttpServer boundTo(byte[] address) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(address), 0), 0);
    }

    URI redirectUri() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getAddress().length == 4 ? "127.0.0.1" : "[::1]";
        return URI.create("http://" + host + ":" + address.getPort() + PATH);
    }

    /** Waits for the browser. */
    AuthorizationCode code(Duration timeout) throws SignInException, InterruptedException {
        try {
            AuthorizationResponse response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.indicatesSuccess()) {
                return response.toSuccessResponse().getAuthorizationCode();
            }
            var error = response.toErrorResponse().getErrorObject();
            throw new SignInException(
                    OAuth2Error.ACCESS_DENIED.equals(error)
                            ? "Not signed in: it was refused in the browser."
                            : "Not signed in: " + error.getCode());
        } catch (TimeoutException e) {
            throw new SignInException(
                    "Not signed in: no answer from the browser in %d seconds.".formatted(timeout.toSeconds()), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")
                    || !exchange.getRequestURI().getPath().equals(PATH)) {
                show(exchange, 404, "Not found", "There is nothing here.");
            } else if (answer.isDone()) {
                show(exchange, 410, "Over", "This sign-in has been answered.");
            } else {
                take(exchange);
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        AuthorizationResponse response;
        try {
            response = AuthorizationResponse.parse(redirectUri().resolve(exchange.getRequestURI()));
        } catch (ParseException e) {
            show(exchange, 400, "Not understood", "This is no answer to a sign-in.");
            return;
        }
        // RFC 6749 §10.12, and RFC 9207 against an answer that another server has given.
        if (!state.equals(response.getState()) || !issuer.equals(response.getIssuer())) {
            show(exchange, 400, "Not ours", "This answers another sign-in than the one that is waiting.");
            return;
        }
        if (response.indicatesSuccess()) {
            show(exchange, 200, "Signed in", "You can close this window and go back to the application.");
        } else {
            show(exchange, 200, "Not signed in", "You can close this window. The application knows.");
        }
        answer.complete(response);
    }

    private static void show(HttpExchange exchange, int status, String title, String text) throws IOException {
        byte[] page = PAGE.formatted(title, text).getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        // The address holds the code.
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        headers.set("Connection", "close");
        exchange.sendResponseHeaders(status, page.length);
        exchange.getResponseBody().write(page);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
