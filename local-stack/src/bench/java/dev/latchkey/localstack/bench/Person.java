package dev.latchkey.localstack.bench;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One person of one realm, in a browser without cookies of earlier days, by plain HTTP. Used by one thread. */
final class Person {

    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+login-actions/authenticate[^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    /** RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final HttpClient http;
    private final String protocol;
    private final String name;
    private String refreshToken = "";

    Person(HttpClient http, String keycloak, String realm, String name) {
        this.http = http;
        this.protocol = keycloak + "/realms/" + realm + "/protocol/openid-connect/";
        this.name = name;
    }

    /** Authorization request, hosted page, password, code, tokens. */
    void signIn() throws IOException, InterruptedException {
        Map<String, String> cookies = new TreeMap<>();
        HttpResponse<String> page = send(
                HttpRequest.newBuilder(URI.create(protocol + "auth?"
                        + form(Map.of(
                                "client_id", "web",
                                "redirect_uri", BenchRealm.REDIRECT_URI,
                                "response_type", "code",
                                "scope", "openid",
                                "state", "any",
                                "code_challenge", CHALLENGE,
                                "code_challenge_method", "S256")))),
                cookies,
                200);
        HttpResponse<String> redirect = send(
                HttpRequest.newBuilder(URI.create(found(FORM, page.body()).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                form(Map.of("username", name, "password", "password of a bench", "credentialId", "")))),
                cookies,
                302);
        tokens(Map.of(
                "grant_type", "authorization_code",
                "client_id", "web",
                "code", found(CODE, redirect.headers().firstValue("Location").orElse("")),
                "redirect_uri", BenchRealm.REDIRECT_URI,
                "code_verifier", VERIFIER));
    }

    /** With the refresh token of the last sign-in or refresh. */
    void refresh() throws IOException, InterruptedException {
        tokens(Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", refreshToken));
    }

    private void tokens(Map<String, String> grant) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(URI.create(protocol + "token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(grant))),
                new TreeMap<>(),
                200);
        try {
            refreshToken = (String) JSONObjectUtils.parse(answer.body()).get("refresh_token");
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Map<String, String> cookies, int expected)
            throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IOException("status " + answer.statusCode() + " instead of " + expected);
        }
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return answer;
    }

    private static String found(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("nothing like " + pattern);
        }
        return matcher.group(1);
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
