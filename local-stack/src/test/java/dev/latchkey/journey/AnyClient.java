package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A sign-in with a password to any client, also one whose redirect leads to no page: redirects are read, not followed. */
final class AnyClient {

    private static final Pattern FORM = Pattern.compile("action=\"([^\"]*login-actions/authenticate[^\"]*)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final String realm;
    private final String clientId;
    private final String redirectUri;

    AnyClient(StackSettings settings, String clientId, String redirectUri) {
        this(settings.issuer(), clientId, redirectUri);
    }

    /** @param realm the issuer */
    AnyClient(String realm, String clientId, String redirectUri) {
        this.realm = realm;
        this.clientId = clientId;
        this.redirectUri = redirectUri;
    }

    /**
     * What the token endpoint says.
     *
     * @param parameter further ones of the authorization request, name and value in turn
     */
    HttpResponse<String> answer(String scope, String name, String password, String... parameter) throws Exception {
        String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
        HttpResponse<String> page = send(HttpRequest.newBuilder(authorization(scope, verifier, parameter)));
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.body()).isTrue();
        HttpResponse<String> signedIn =
                send(HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(Http.encode(Map.of("username", name, "password", password)))));
        return redeem(signedIn, verifier);
    }

    private URI authorization(@Nullable String scope, String verifier, String... parameter) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        Map<String, String> request = new LinkedHashMap<>(Map.of(
                "client_id",
                clientId,
                "redirect_uri",
                redirectUri,
                "response_type",
                "code",
                "state",
                "state",
                "code_challenge",
                Base64.getUrlEncoder().withoutPadding().encodeToString(digest),
                "code_challenge_method",
                "S256"));
        if (scope != null) {
            request.put("scope", scope);
        }
        for (int i = 0; i < parameter.length; i += 2) {
            request.put(parameter[i], parameter[i + 1]);
        }
        return URI.create(realm + "/protocol/openid-connect/auth?" + Http.encode(request));
    }

    private HttpResponse<String> redeem(HttpResponse<String> signedIn, String verifier) {
        String back = signedIn.headers().firstValue("Location").orElseThrow(() -> new AssertionError(signedIn.body()));
        assertThat(back).startsWith(redirectUri);
        return Http.postForm(
                realm + "/protocol/openid-connect/token",
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", clientId,
                        "code", query(back).get("code"),
                        "redirect_uri", redirectUri,
                        "code_verifier", verifier));
    }

    /** What the token endpoint says to whoever is signed in already: Keycloak shows no page. */
    HttpResponse<String> again(String scope) throws Exception {
        return authorized(scope).get();
    }

    /**
     * A code of whoever is signed in already, which is redeemed when asked for.
     *
     * @param scope null asks for none
     */
    Supplier<HttpResponse<String>> authorized(@Nullable String scope) throws Exception {
        String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
        HttpResponse<String> answer = send(HttpRequest.newBuilder(authorization(scope, verifier)));
        return () -> redeem(answer, verifier);
    }

    Tokens tokens(String scope, String name, String password) throws Exception {
        HttpResponse<String> answer = answer(scope, name, password);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Tokens.of(Http.json(answer));
    }

    /** With the cookies, the secure ones too: browsers send those to http://localhost. */
    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(line -> {
            String[] cookie = line.split(";", 2)[0].split("=", 2);
            cookies.put(cookie[0], cookie[1]);
        });
        return response;
    }

    private static Map<String, String> query(String url) {
        return Arrays.stream(url.substring(url.indexOf('?') + 1).split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
