package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.journey.RunningStack.Running;
import dev.latchkey.localstack.Secrets;
import dev.latchkey.localstack.StackSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.ClientsResource;
import org.keycloak.representations.idm.ClientRepresentation;

/** Only an access token that the realm signed opens anything, and only as bearer in the header (RFC 8725 §3.1, §3.2, §3.11, §3.12). */
@ExtendWith(RunningStack.class)
class TokenKindsIT {

    private StackSettings settings;
    private Tokens tokens;

    @BeforeEach
    void signIn(Running running) throws Exception {
        settings = running.settings();
        tokens = new CodeFlow(settings).tokens();
    }

    @Test
    @DisplayName("Given an ID or refresh token or a code as bearer, then neither the API nor Keycloak takes it")
    void others() throws Exception {
        for (String other : List.of(tokens.id(), tokens.refresh(), new CodeFlow(settings).code())) {
            assertRefused(other);
        }
    }

    /** OIDC Back-Channel Logout 1.0 §2.4: it goes to others, who must not be able to act with it. */
    @Test
    @DisplayName("Given a logout token as bearer, then neither the API nor Keycloak takes it")
    void logoutToken() throws Exception {
        try (Listener application = new Listener();
                Keycloak admin = Keycloak.getInstance(
                        settings.keycloakUrl(),
                        "master",
                        Secrets.ADMIN,
                        settings.secrets().admin(),
                        "admin-cli")) {
            ClientsResource clients = admin.realm("latchkey").clients();
            ClientRepresentation client = new ClientRepresentation();
            client.setClientId("told-of-logouts-" + UUID.randomUUID());
            client.setPublicClient(true);
            client.setRedirectUris(List.of(settings.apiUrl() + "/"));
            client.setAttributes(Map.of("backchannel.logout.url", application.url()));
            clients.create(client).close();
            CodeFlow flow = new CodeFlow(settings)
                    .asking("client_id", client.getClientId())
                    .granting("client_id", client.getClientId());

            Tokens tokens = flow.tokens();
            Http.postForm(
                    settings.issuer() + "/protocol/openid-connect/logout",
                    Map.of("client_id", client.getClientId(), "refresh_token", tokens.refresh()));
            String form = application.bodies().poll(30, TimeUnit.SECONDS);

            assertThat(form).startsWith("logout_token=");
            assertRefused(form.substring("logout_token=".length()));
            String id = clients.findByClientId(client.getClientId()).get(0).getId();
            clients.get(id).remove();
        }
    }

    @Test
    @DisplayName("Given a token without signature, then neither the API nor Keycloak takes it")
    void unsigned() throws Exception {
        Payload payload = SignedJWT.parse(tokens.access()).getPayload();
        assertRefused(Base64URL.encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + payload.toBase64URL() + ".");
    }

    @Test
    @DisplayName("Given a token signed with the realm's public key, then neither the API nor Keycloak takes it")
    void forged() throws Exception {
        SignedJWT good = SignedJWT.parse(tokens.access());
        Payload payload = good.getPayload();
        String kid = good.getHeader().getKeyID();
        String certs = settings.issuer() + "/protocol/openid-connect/certs";
        RSAKey key = JWKSet.parse(
                        Http.send(HttpRequest.newBuilder(URI.create(certs)).build())
                                .body())
                .getKeyByKeyId(kid)
                .toRSAKey();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(key.toRSAPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret :
                List.of(key.toRSAPublicKey().getEncoded(), pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
            JWSObject forged = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(kid).build(), payload);
            forged.sign(new MACSigner(secret));
            assertRefused(forged.serialize());
        }
    }

    /** RFC 9700 §4.3.2. */
    @Test
    @DisplayName("Given a good token in the address, then neither the API nor Keycloak sees it")
    void query() {
        for (String address : List.of(
                settings.apiUrl() + "/v1/me",
                settings.issuer() + "/protocol/openid-connect/userinfo",
                settings.keycloakUrl() + "/realms/latchkey/account/")) {
            HttpResponse<String> answer =
                    Http.send(HttpRequest.newBuilder(URI.create(address + "?access_token=" + tokens.access()))
                            .header("Accept", "application/json")
                            .build());

            assertThat(answer.statusCode()).as(address).isBetween(400, 401);
        }
    }

    /** RFC 9700 §2.3, §4.9: a token for this API opens nothing else. */
    @Test
    @DisplayName("Given an access token for the API, then it opens neither the account nor the admin API")
    void audience() {
        assertThat(tokens.accessClaims().getAudience()).containsExactly("resource-api");
        for (String path :
                List.of("/realms/latchkey/account/", "/admin/realms/latchkey", "/admin/realms/latchkey/users")) {
            assertThat(new Api(settings.keycloakUrl(), tokens.access())
                            .call("GET", path, null, "Accept", "application/json")
                            .statusCode())
                    .as(path)
                    .isBetween(401, 403);
        }
    }

    @Test
    @DisplayName(
            "Given an access token that Keycloak's own account console got for the same person, then the API refuses it")
    void anotherClient() throws Exception {
        String console = settings.keycloakUrl() + "/realms/latchkey/account/";
        CodeFlow flow = new CodeFlow(settings)
                .asking("client_id", "account-console")
                .asking("redirect_uri", console)
                .granting("client_id", "account-console")
                .granting("redirect_uri", console);

        Tokens tokens = flow.tokens();

        assertThat(tokens.accessClaims().getAudience()).doesNotContain("resource-api");
        assertThat(new Api(settings.apiUrl(), tokens.access()).get("/v1/me").statusCode())
                .isEqualTo(401);
    }

    private void assertRefused(String token) {
        assertThat(new Api(settings.apiUrl(), token).get("/v1/me").statusCode()).isEqualTo(401);
        assertThat(new Api(settings.issuer(), token)
                        .get("/protocol/openid-connect/userinfo")
                        .statusCode())
                .isEqualTo(401);
        Map<String, String> introspection = new LinkedHashMap<>();
        introspection.put("client_id", "resource-api");
        introspection.put("client_secret", settings.secrets().resourceApiClient());
        introspection.put("token", token);
        introspection.put("token_type_hint", "access_token");
        assertThat(Http.json(
                        Http.postForm(settings.issuer() + "/protocol/openid-connect/token/introspect", introspection)))
                .doesNotContainKey("owner_id");
    }
}
