package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.ClientRepresentation;

/** Keycloak binds tokens to the key of a client that asks for it, and the API takes them with a proof only (RFC 9449, RFC 9700 §2.2.1 and §4.10.1). */
@ExtendWith(RunningStack.class)
class DPoPIT {

    private final ClientKey key = ClientKey.fresh();

    @Test
    @DisplayName(
            "Given a sign-in with a proof, then access and refresh token are bound to its key, and no other claim is added")
    void bound(Running running) throws Exception {
        HttpResponse<String> answer =
                new SignIn(running.settings()).boundTo(key).answerToPassword("alice", "alice");
        Tokens tokens = Tokens.of(Http.json(answer));

        assertThat(Http.json(answer)).containsEntry("token_type", "DPoP");
        assertThat(thumbprint(tokens.access())).isEqualTo(key.thumbprint());
        assertThat(thumbprint(tokens.refresh())).isEqualTo(key.thumbprint());
        assertThat(tokens.claim("typ")).isEqualTo("DPoP");
        Tokens unbound = new SignIn(running.settings()).withPassword("alice", "alice");
        assertThat(tokens.accessClaims().getClaims().keySet())
                .containsAll(unbound.accessClaims().getClaims().keySet())
                .hasSize(unbound.accessClaims().getClaims().size() + 1)
                .contains("cnf");
    }

    @Test
    @DisplayName("Given a bound token, then the API takes it with a proof by its key and nonce, and in no other way")
    void enforced(Running running) throws Exception {
        Tokens tokens = signIn(running);
        ClientKey thief = ClientKey.fresh();
        String nonce = challenged(running, tokens);

        HttpResponse<String> me = me(running, tokens, key, nonce);
        assertThat(me.statusCode()).as(me.body()).isEqualTo(200);
        assertThat(Http.json(me)).containsEntry("owner_id", tokens.claim("owner_id"));
        assertThat(me(running, tokens, thief, nonce).statusCode()).isEqualTo(401);
        assertThat(new Api(running.settings().apiUrl(), tokens.access())
                        .get("/v1/me")
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(running, "Authorization", "DPoP " + tokens.access()).statusCode())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("Given a bound refresh token, then it is good with its key only, and a thief's attempts do not end it")
    void refresh(Running running) throws Exception {
        Tokens tokens = signIn(running);
        String endpoint = endpoint(running.settings());
        Map<String, String> grant =
                Map.of("grant_type", "refresh_token", "client_id", "web", "refresh_token", tokens.refresh());

        HttpResponse<String> withoutProof = Http.postForm(endpoint, grant);
        HttpResponse<String> byThief =
                Http.postForm(endpoint, grant, "DPoP", ClientKey.fresh().proof("POST", endpoint));
        HttpResponse<String> refreshed = Http.postForm(endpoint, grant, "DPoP", key.proof("POST", endpoint));

        assertThat(withoutProof.statusCode()).as(withoutProof.body()).isEqualTo(400);
        assertThat(byThief.statusCode()).as(byThief.body()).isEqualTo(400);
        assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
        Tokens next = Tokens.of(Http.json(refreshed));
        assertThat(thumbprint(next.access())).isEqualTo(key.thumbprint());
        assertThat(me(running, next, key, challenged(running, next)).statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("Given a code that is bound to a key, then another key does not redeem it")
    void code(Running running) throws Exception {
        HttpResponse<String> answer =
                new SignIn(running.settings()).boundTo(key, ClientKey.fresh()).answerToPassword("alice", "alice");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    @Test
    @DisplayName("Given a client with \"Require DPoP bound tokens\", then it gets none without a proof")
    void required(Running running) {
        StackSettings settings = running.settings();
        String endpoint = endpoint(settings);
        String id = "dpop-only-" + UUID.randomUUID();
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(id);
        client.setSecret("secret");
        client.setServiceAccountsEnabled(true);
        client.setAttributes(Map.of("dpop.bound.access.tokens", "true"));
        Map<String, String> grant =
                Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", "secret");
        try (Keycloak admin = Keycloak.getInstance(
                settings.keycloakUrl(),
                "master",
                Secrets.ADMIN,
                settings.secrets().admin(),
                "admin-cli")) {
            admin.realm("latchkey").clients().create(client).close();

            HttpResponse<String> without = Http.postForm(endpoint, grant);
            assertThat(without.statusCode()).as(without.body()).isEqualTo(400);
            assertThat(without.body()).contains("DPoP proof is missing");
            assertThat(Http.json(Http.postForm(endpoint, grant, "DPoP", key.proof("POST", endpoint))))
                    .containsEntry("token_type", "DPoP");

            String uuid =
                    admin.realm("latchkey").clients().findByClientId(id).get(0).getId();
            admin.realm("latchkey").clients().delete(uuid).close();
        }
    }

    @Test
    @DisplayName("Given the sample client, then it signs in, answers the API's nonce and refreshes")
    void sample(Running running) throws Exception {
        Process sample = startSample(running, List.of());
        try (BufferedReader output = sample.inputReader();
                Browser browser = new Browser()) {
            CodeFlow.signIn((HtmlPage) browser.open(address(output)));

            assertThat(output.lines().collect(Collectors.joining("\n")))
                    .contains("Token type: DPoP", "/v1/me: 200", "/v1/me after the refresh: 200", "alice@example.test")
                    .doesNotContain("could not be renewed");
            assertThat(sample.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(sample.exitValue()).isZero();
        } finally {
            sample.destroyForcibly();
        }
    }

    @Test
    @DisplayName(
            "Given the answer to the sample's refresh is lost, then the browser's cookie signs in again, and nobody types anything")
    void lostAnswer(Running running) throws Exception {
        try (Wire wire = new Wire()) {
            wire.losing("grant_type=refresh_token");
            Process sample = startSample(running, wire.javaOptions());
            try (BufferedReader output = sample.inputReader();
                    Browser browser = new Browser()) {
                CodeFlow.signIn((HtmlPage) browser.open(address(output)));
                assertThat(Stream.generate(() -> line(output)).anyMatch("The sign-in could not be renewed."::equals))
                        .isTrue();
                browser.open(address(output));

                assertThat(output.lines()).contains("/v1/me after the refresh: 200");
            } finally {
                sample.destroyForcibly();
            }
        }
    }

    private static Process startSample(Running running, List<String> javaOptions) throws Exception {
        Path nimbus = Path.of(JOSEObject.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of(
                "-Djava.awt.headless=true",
                "-cp",
                nimbus.toString(),
                "../samples/DPoPClient.java",
                running.settings().issuer(),
                running.settings().apiUrl()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** What the sample asks the person to open. */
    private static String address(BufferedReader output) {
        String line = line(output);
        assertThat(line).startsWith("Sign in at ");
        return line.substring("Sign in at ".length());
    }

    private static String line(BufferedReader output) {
        try {
            return Objects.requireNonNull(output.readLine(), "the sample has ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tokens signIn(Running running) throws Exception {
        return new SignIn(running.settings()).boundTo(key).withPassword("alice", "alice");
    }

    /** The nonce of the API's challenge. */
    private String challenged(Running running, Tokens tokens) {
        HttpResponse<String> challenge = me(running, tokens, key, "none");
        assertThat(challenge.statusCode()).isEqualTo(401);
        assertThat(Http.json(challenge)).containsEntry("code", "use_dpop_nonce");
        return challenge.headers().firstValue("DPoP-Nonce").orElseThrow();
    }

    private static HttpResponse<String> me(Running running, Tokens tokens, ClientKey by, String nonce) {
        String url = running.settings().apiUrl() + "/v1/me";
        return send(
                running,
                "Authorization",
                "DPoP " + tokens.access(),
                "DPoP",
                by.proof("GET", url, tokens.access(), nonce));
    }

    private static HttpResponse<String> send(Running running, String... header) {
        return Http.send(HttpRequest.newBuilder(URI.create(running.settings().apiUrl() + "/v1/me"))
                .headers(header)
                .build());
    }

    private static String endpoint(StackSettings settings) {
        return settings.issuer() + "/protocol/openid-connect/token";
    }

    private static Object thumbprint(String token) throws Exception {
        return SignedJWT.parse(token)
                .getJWTClaimsSet()
                .getJSONObjectClaim("cnf")
                .get("jkt");
    }
}
