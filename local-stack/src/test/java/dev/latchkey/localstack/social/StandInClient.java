package dev.latchkey.localstack.social;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Plays Keycloak's part towards the stand-ins, by hand, so that each step can be done wrong. */
final class StandInClient {

    static final String REDIRECT_URI = "http://localhost:8180/realms/latchkey/broker/any/endpoint";
    static final RegisteredClient REGISTERED = new RegisteredClient("client", "secret", java.util.Set.of(REDIRECT_URI));
    static final String VERIFIER = "a-verifier-of-the-least-length-that-is-allowed";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String authorize;
    private final String token;

    StandInClient(String authorize, String token) {
        this.authorize = authorize;
        this.token = token;
    }

    static Map<String, String> goodRequest() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        Map<String, String> request = new HashMap<>();
        request.put("client_id", "client");
        request.put("redirect_uri", REDIRECT_URI);
        request.put("response_type", "code");
        request.put("scope", "openid email");
        request.put("state", "a state & more");
        request.put("nonce", "a-nonce");
        request.put("code_challenge_method", "S256");
        request.put("code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        return request;
    }

    HttpResponse<String> authorize(Map<String, String> request) throws IOException, InterruptedException {
        return get(authorize + "?" + encode(request), Map.of());
    }

    HttpResponse<String> choose(Map<String, String> request, Person person) throws IOException, InterruptedException {
        Map<String, String> form = new HashMap<>(request);
        form.put("person", person.login());
        return post(authorize, form);
    }

    String code(Person person) throws Exception {
        return query(choose(goodRequest(), person)).get("code");
    }

    HttpResponse<String> redeem(String code, Map<String, String> changes) throws IOException, InterruptedException {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                REDIRECT_URI,
                "client_id",
                "client",
                "client_secret",
                "secret",
                "code_verifier",
                VERIFIER));
        form.putAll(changes);
        return post(token, form);
    }

    HttpResponse<String> get(String url, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static Map<String, Object> json(HttpResponse<String> response) {
        try {
            return JSONObjectUtils.parse(response.body());
        } catch (ParseException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    static Map<String, String> query(HttpResponse<String> redirect) {
        String query = URI.create(redirect.headers().firstValue("Location").orElseThrow())
                .getRawQuery();
        return java.util.Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0], pair -> java.net.URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> post(String url, Map<String, String> form) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(encode(form)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
