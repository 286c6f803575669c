import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Desktop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A desktop application that signs a person in with the system browser (RFC 8252), PKCE (RFC 7636) and a key of its own (DPoP, RFC 9449), then
 * calls the API and refreshes. docs/how-to/use-dpop.md says how to run it.
 */
public final class DPoPClient {

    private static final String CLIENT_ID = "desktop";
    private static final int PATIENCE_MINUTES = 5;
    private static final Duration NO_ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    /** A real application keeps it where it cannot be copied from: the operating system's key store, or WebCrypto with extractable false. */
    private final ECKey key = new ECKeyGenerator(Curve.P_256).generate();

    /** The last nonce of each server (RFC 9449 §8.2 and §9): they do not know each other's. */
    private final Map<String, String> nonces = new HashMap<>();

    private final Map<String, Object> issuer;
    private final String api;

    private DPoPClient(String issuer, String api) throws Exception {
        this.issuer = json(http.send(
                HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration")).build(),
                BodyHandlers.ofString()));
        this.api = api;
    }

    public static void main(String[] arguments) throws Exception {
        DPoPClient client = new DPoPClient(arguments[0], arguments[1]);
        Map<String, Object> tokens = client.signIn();
        System.out.println("Token type: " + tokens.get("token_type"));
        System.out.println("/v1/me: " + client.get("/v1/me", tokens).statusCode());
        tokens = client.refresh(tokens);
        System.out.println("/v1/me after the refresh: " + client.get("/v1/me", tokens).statusCode());
        System.out.println(client.get("/v1/me", tokens).body());
    }

    private Map<String, Object> signIn() throws Exception {
        String state = random();
        String verifier = random();
        CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
        HttpServer listener = listen(state, (String) issuer.get("issuer"), answer);
        try {
            String redirectUri = "http://127.0.0.1:" + listener.getAddress().getPort() + "/callback";
            Map<String, String> question = new LinkedHashMap<>();
            question.put("response_type", "code");
            question.put("client_id", CLIENT_ID);
            question.put("redirect_uri", redirectUri);
            question.put("scope", "openid");
            question.put("state", state);
            question.put("code_challenge", hash(verifier));
            question.put("code_challenge_method", "S256");
            // Binds the code too (RFC 9449 §10), so that nobody else can redeem it.
            question.put("dpop_jkt", key.computeThumbprint().toString());
            open(issuer.get("authorization_endpoint") + "?" + form(question));

            Map<String, String> given = answer.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
            if (!given.containsKey("code")) {
                throw new IllegalStateException("Not signed in: " + given.get("error"));
            }
            return tokens(Map.of(
                    "grant_type", "authorization_code",
                    "client_id", CLIENT_ID,
                    "code", given.get("code"),
                    "redirect_uri", redirectUri,
                    "code_verifier", verifier));
        } finally {
            listener.stop(1);
        }
    }

    /** Without an answer the refresh token may be spent, and one that is used again ends the sign-in (RFC 9700 §4.14.2): the browser's cookie gives new tokens. */
    private Map<String, Object> refresh(Map<String, Object> tokens) throws Exception {
        try {
            return tokens(Map.of(
                    "grant_type", "refresh_token",
                    "client_id", CLIENT_ID,
                    "refresh_token", (String) tokens.get("refresh_token")));
        } catch (IOException | IllegalStateException e) {
            System.out.println("The sign-in could not be renewed.");
            return signIn();
        }
    }

    private Map<String, Object> tokens(Map<String, String> grant) throws Exception {
        HttpResponse<String> response = send("POST", URI.create((String) issuer.get("token_endpoint")), null, grant);
        if (response.statusCode() != 200) {
            throw new IllegalStateException("No tokens: " + response.body());
        }
        Map<String, Object> tokens = json(response);
        // A server that does not know DPoP answers with a bearer token (RFC 9449 §5).
        if (!"DPoP".equals(tokens.get("token_type"))) {
            throw new IllegalStateException("The token is not bound to the key");
        }
        return tokens;
    }

    private HttpResponse<String> get(String path, Map<String, Object> tokens) throws Exception {
        return send("GET", URI.create(api + path), (String) tokens.get("access_token"), null);
    }

    /** Sends a new proof with each request, and once more with the nonce that a server asks for. */
    private HttpResponse<String> send(String method, URI uri, String accessToken, Map<String, String> form)
            throws Exception {
        String server = uri.getAuthority();
        HttpResponse<String> response = null;
        for (int attempt = 0; attempt < 2; attempt++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .timeout(NO_ANSWER)
                    .header("DPoP", proof(method, uri, accessToken, nonces.get(server)));
            if (accessToken != null) {
                request.header("Authorization", "DPoP " + accessToken);
            }
            if (form == null) {
                request.method(method, BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .method(method, BodyPublishers.ofString(form(form)));
            }
            response = http.send(request.build(), BodyHandlers.ofString());
            response.headers().firstValue("DPoP-Nonce").ifPresent(nonce -> nonces.put(server, nonce));
            if (!asksForNonce(response)) {
                break;
            }
        }
        return response;
    }

    /** An API says it in WWW-Authenticate, a token endpoint in the body (RFC 9449 §9 and §8). */
    private static boolean asksForNonce(HttpResponse<String> response) {
        return response.statusCode() == 401
                        && response.headers().allValues("WWW-Authenticate").stream()
                                .anyMatch(challenge -> challenge.contains("error=\"use_dpop_nonce\""))
                || response.statusCode() == 400 && response.body().contains("\"use_dpop_nonce\"");
    }

    private String proof(String method, URI uri, String accessToken, String nonce) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key.toPublicJWK())
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", method)
                .claim("htu", uri.getScheme() + "://" + uri.getAuthority() + uri.getRawPath())
                .issueTime(Date.from(Instant.now()))
                .claim("ath", accessToken == null ? null : hash(accessToken))
                .claim("nonce", nonce)
                .build();
        SignedJWT proof = new SignedJWT(header, claims);
        proof.sign(new ECDSASigner(key));
        return proof.serialize();
    }

    /** On a port that the system chooses (RFC 8252 §7.3). */
    private static HttpServer listen(String state, String issuer, CompletableFuture<Map<String, String>> answer)
            throws IOException {
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        listener.createContext("/callback", exchange -> {
            Map<String, String> given = parameters(exchange.getRequestURI());
            // RFC 9700 §4.7.1 and RFC 9207: the answer is to this question, and from this issuer. Any page can send others here.
            if (!state.equals(given.get("state")) || !issuer.equals(given.get("iss"))) {
                show(exchange, 400, "This answers another sign-in than the one that is waiting.");
                return;
            }
            show(exchange, 200, given.containsKey("code") ? "Signed in. This window can be closed." : "Not signed in.");
            answer.complete(given);
        });
        // One who sends half a request keeps nobody else waiting.
        listener.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        listener.start();
        return listener;
    }

    private static Map<String, String> parameters(URI address) {
        return Stream.of(String.valueOf(address.getRawQuery()).split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (first, second) -> first));
    }

    private static void show(HttpExchange exchange, int status, String text) throws IOException {
        byte[] page = text.getBytes(StandardCharsets.UTF_8);
        // The address holds the code.
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    private static void open(String address) throws IOException {
        System.out.println("Sign in at " + address);
        if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
            Desktop.getDesktop().browse(URI.create(address));
        }
    }

    private static Map<String, Object> json(HttpResponse<String> response) throws Exception {
        return JSONObjectUtils.parse(response.body());
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64URL.encode(bytes).toString();
    }

    private static String hash(String text) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
