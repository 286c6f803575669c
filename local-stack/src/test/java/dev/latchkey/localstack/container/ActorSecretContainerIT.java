package dev.latchkey.localstack.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Where the secret behind {@code actor_uid} comes from, seen in tokens of client {@code backend}'s service account. */
class ActorSecretContainerIT {

    private static final String ENTRY = "latchkey_actor__uid__secret";
    private static final String PREVIOUS_ENTRY = "latchkey_actor__uid__secret__previous";
    private static final String IN_ENVIRONMENT = "environment-environment-environment";
    private static final String IN_VAULT = "vault-vault-vault-vault-vault-vault";
    private static final String BEFORE = "before-before-before-before-before";

    @Nested
    @DisplayName("Given no secret in the environment")
    class NotInEnvironment {

        @AutoClose
        private static final PlainKeycloak KEYCLOAK = new PlainKeycloak();

        @BeforeAll
        static void start() {
            KEYCLOAK.start();
        }

        @BeforeEach
        void emptyVault() throws Exception {
            KEYCLOAK.emptyVault();
        }

        @Test
        @DisplayName("and none in the vault, then no token; the log says what to do and names nobody")
        void missing() throws Exception {
            KEYCLOAK.putIntoVault(ENTRY, IN_VAULT);
            JWTClaimsSet known = claims(KEYCLOAK);
            KEYCLOAK.emptyVault();

            assertRefused(KEYCLOAK, "there is no secret for actor_uid: set the environment variable ACTOR_UID_SECRET");
            assertThat(KEYCLOAK.getLogs())
                    .doesNotContain(
                            known.getSubject(),
                            known.getStringClaim("actor_uid"),
                            "service-account-backend",
                            "client:backend");
        }

        @Test
        @DisplayName("and one under 32 bytes in the vault, then no token, and the log does not repeat it")
        void tooShort() throws Exception {
            String tooShort = IN_VAULT.substring(0, 31);
            KEYCLOAK.putIntoVault(ENTRY, tooShort + "\n");

            assertRefused(KEYCLOAK, "it has 31 bytes, at least 32 are needed");
            assertThat(KEYCLOAK.getLogs()).doesNotContain(tooShort);
        }
    }

    @Nested
    @DisplayName("Given a secret in the environment")
    class InEnvironment {

        @AutoClose
        private static final PlainKeycloak KEYCLOAK = new PlainKeycloak().withEnv("ACTOR_UID_SECRET", IN_ENVIRONMENT);

        @BeforeAll
        static void start() {
            KEYCLOAK.start();
        }

        @BeforeEach
        void emptyVault() throws Exception {
            KEYCLOAK.emptyVault();
        }

        @Test
        @DisplayName("and none in the vault, then actor_uid is derived with it")
        void alone() throws Exception {
            JWTClaimsSet claims = claims(KEYCLOAK);

            assertThat(claims.getStringClaim("actor_uid")).isEqualTo(actorUid(IN_ENVIRONMENT));
            assertThat(claims.getClaims()).doesNotContainKey("actor_uid_previous");
            assertThat(claims.getAudience()).containsExactly("resource-api");
        }

        @Test
        @DisplayName("and one in the vault, then that of the vault wins, without the newline that ends its file")
        void vaultWins() throws Exception {
            KEYCLOAK.putIntoVault(ENTRY, IN_VAULT + "\n");

            assertThat(claims(KEYCLOAK).getStringClaim("actor_uid")).isEqualTo(actorUid(IN_VAULT));
        }

        @Test
        @DisplayName("and one in the vault that Keycloak may not read, then no token instead of one with another key")
        void unreadable() throws Exception {
            KEYCLOAK.putIntoVaultUnreadably(ENTRY, IN_VAULT);

            assertRefused(KEYCLOAK, "the vault entry actor_uid_secret cannot be read");
        }

        @Test
        @DisplayName("and a previous one in the vault, then tokens carry what both derive")
        void previous() throws Exception {
            KEYCLOAK.putIntoVault(PREVIOUS_ENTRY, BEFORE);
            JWTClaimsSet claims = claims(KEYCLOAK);

            assertThat(claims.getStringClaim("actor_uid")).isEqualTo(actorUid(IN_ENVIRONMENT));
            assertThat(claims.getStringClaim("actor_uid_previous")).isEqualTo(actorUid(BEFORE));
        }
    }

    private static void assertRefused(PlainKeycloak keycloak, String logged) throws Exception {
        HttpResponse<String> response = requestToken(keycloak);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(JSONObjectUtils.parse(response.body()))
                .containsOnlyKeys("error", "error_description")
                .containsEntry("error", "server_error");
        await().untilAsserted(() -> assertThat(keycloak.getLogs())
                .containsPattern("Realm latchkey issues no tokens: .*\\Q" + logged + "\\E"));
    }

    private static JWTClaimsSet claims(PlainKeycloak keycloak) throws Exception {
        HttpResponse<String> response = requestToken(keycloak);
        assertThat(response.statusCode()).isEqualTo(200);
        String token = (String) JSONObjectUtils.parse(response.body()).get("access_token");
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    private static HttpResponse<String> requestToken(PlainKeycloak keycloak) throws Exception {
        URI endpoint = URI.create(keycloak.getAuthServerUrl() + "/realms/latchkey/protocol/openid-connect/token");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(endpoint)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "grant_type=client_credentials&client_id=backend&client_secret="
                                                + PlainKeycloak.BACKEND_SECRET))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** By the words of docs/reference/claims.md, not by our code. */
    private static String actorUid(String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal("client:backend".getBytes(StandardCharsets.UTF_8)));
    }
}
