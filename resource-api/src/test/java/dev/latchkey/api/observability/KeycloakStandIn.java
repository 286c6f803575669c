package dev.latchkey.api.observability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.json.JsonMapper;

/** What the API asks Keycloak for, with a canary in each answer. */
final class KeycloakStandIn {

    private static final String REALM = "/realms/latchkey";

    private final HttpServer server;
    private final String canary;

    /** Of links in mails, by whom they were for. */
    private final ConcurrentMap<String, String> links = new ConcurrentHashMap<>();

    /** Null: everything is refused. */
    private volatile String syncToken;

    KeycloakStandIn(String canary) {
        this.canary = canary;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String realmUrl() {
        return "http://localhost:" + server.getAddress().getPort() + REALM;
    }

    void exchange(String token) {
        syncToken = token;
    }

    /** The last that was sent to somebody; null for none. */
    String link(String subject) {
        return links.get(subject);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = syncToken;
            if (token == null) {
                reply(exchange, 400, "{\"error\":\"%1$s\",\"errors\":[{\"field\":\"%1$s\",\"code\":\"%1$s\"}]}");
                return;
            }
            switch (exchange.getRequestURI().getPath().substring(REALM.length())) {
                case "/snapshot-mail" -> {
                    var mail = JsonMapper.shared().readTree(body);
                    links.put(
                            mail.path("subject").stringValue(),
                            mail.path("token").stringValue());
                    exchange.sendResponseHeaders(204, -1);
                }
                case "/profile" -> reply(exchange, 200, "{\"display_name\":\"%1$s\"}");
                case "/protocol/openid-connect/token" ->
                    reply(
                            exchange,
                            200,
                            "{\"access_token\":\"" + token
                                    + "\",\"token_type\":\"Bearer\",\"expires_in\":300,\"scope\":\"%1$s\"}");
                default -> reply(exchange, 404, "%1$s");
            }
        }
    }

    private void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.replace("%1$s", canary).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
