package dev.latchkey.api.testkit;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves the realm's public keys, counts who asks, and can be away, talk nonsense or fall silent. */
public final class TestIssuer implements AutoCloseable {

    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;
    private volatile JWKSet keys;
    private final CountDownLatch silence = new CountDownLatch(1);
    private volatile boolean away;
    private volatile boolean confused;
    private volatile boolean silent;

    public TestIssuer(JWK... keys) {
        this.keys = new JWKSet(List.of(keys));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/certs", exchange -> {
            requests.incrementAndGet();
            if (silent) {
                awaitEnd();
            }
            byte[] body = (confused ? "<html>" : this.keys.toString(true)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(away ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public String jwksUri() {
        return "http://localhost:" + server.getAddress().getPort() + "/certs";
    }

    public int requests() {
        return requests.get();
    }

    public void keys(JWK... now) {
        keys = new JWKSet(List.of(now));
    }

    public void away(boolean isAway) {
        away = isAway;
    }

    public void confused(boolean isConfused) {
        confused = isConfused;
    }

    /** Takes requests and answers none until the end. */
    public void fallSilent() {
        silent = true;
    }

    private void awaitEnd() {
        try {
            silence.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        silence.countDown();
        server.stop(0);
    }
}
