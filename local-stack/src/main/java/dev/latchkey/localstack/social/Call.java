package dev.latchkey.localstack.social;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One request and its answer. Parameters come from the query and, of a form, from the body. */
final class Call {

    private static final int LONGEST_BODY = 64 * 1024;

    private final HttpExchange exchange;
    private final Map<String, String> parameters;
    private final String body;

    Call(HttpExchange exchange) throws IOException {
        this.exchange = exchange;
        parameters = parse(exchange.getRequestURI().getRawQuery());
        body = new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
        if (header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
            parameters.putAll(parse(body));
        }
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    /** The parameter, or the empty string when it is missing. */
    String parameter(String name) {
        return parameter(name, "");
    }

    String parameter(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    Map<String, String> parameters() {
        return parameters;
    }

    /** A member of the JSON object in the body, or the empty string when there is none. */
    String jsonText(String name) {
        try {
            return String.valueOf(JSONObjectUtils.parse(body).getOrDefault(name, ""));
        } catch (ParseException e) {
            return "";
        }
    }

    String clientId() {
        return basic()[0];
    }

    String clientSecret() {
        return basic()[1];
    }

    String bearerToken() {
        String header = header("Authorization");
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : "";
    }

    boolean acceptsJson() {
        return header("Accept").contains("json");
    }

    void json(int status, String body) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        answer(status, "application/json", body);
    }

    void json(int status, Map<String, Object> body) throws IOException {
        json(status, JSONObjectUtils.toJSONString(body));
    }

    void form(Map<String, String> body) throws IOException {
        answer(200, "application/x-www-form-urlencoded", encode(body));
    }

    void html(int status, String body) throws IOException {
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        answer(status, "text/html; charset=utf-8", body);
    }

    void redirect(String address, Map<String, String> query) throws IOException {
        String separator = address.contains("?") ? "&" : "?";
        exchange.getResponseHeaders().set("Location", address + separator + encode(query));
        exchange.sendResponseHeaders(302, -1);
    }

    private void answer(int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** RFC 6749 §2.3.1: by header, or in the body. */
    private String[] basic() {
        String header = header("Authorization");
        if (header.startsWith("Basic ")) {
            String[] pair =
                    new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8).split(":", 2);
            if (pair.length == 2) {
                return new String[] {decode(pair[0]), decode(pair[1])};
            }
        }
        return new String[] {parameter("client_id"), parameter("client_secret")};
    }

    private String header(String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static Map<String, String> parse(String encoded) {
        Map<String, String> parameters = new HashMap<>();
        if (encoded != null) {
            for (String pair : encoded.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
