package dev.latchkey.localstack.social;

import static dev.latchkey.localstack.social.StandInClient.json;
import static dev.latchkey.localstack.social.StandInClient.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocialStandInTest {

    private static int port;
    private static SocialStandIn standIn;
    private static StandInClient google;
    private static StandInClient gitHub;

    @BeforeAll
    static void start() throws IOException {
        port = dev.latchkey.localstack.Ports.free().social();
        standIn = new SocialStandIn(port, StandInClient.REGISTERED, StandInClient.REGISTERED);
        google = new StandInClient(url("/google/authorize"), url("/google/token"));
        gitHub = new StandInClient(url("/github/login/oauth/authorize"), url("/github/login/oauth/access_token"));
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    private static String url(String path) {
        return "http://localhost:" + port + path;
    }

    @Nested
    class Authorize {

        @Test
        void authorizeWhenRequestIsGoodThenAsksWhoToBe() throws Exception {
            HttpResponse<String> page = google.authorize(StandInClient.goodRequest());

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("id=\"person-ada\"", "Grace Hopper", "e-mail not verified");
        }

        @Test
        void authorizeWhenParameterHasMarkupThenItIsEscaped() throws Exception {
            Map<String, String> request = StandInClient.goodRequest();
            request.put("state", "\"><script>");

            assertThat(google.authorize(request).body()).doesNotContain("<script>");
        }

        @ParameterizedTest
        @CsvSource({
            "client_id, somebody-else",
            "redirect_uri, https://evil.example.test/",
            "response_type, token",
            "code_challenge, ''",
            "code_challenge, too-short",
            "code_challenge_method, plain",
            "code_challenge_method, ''"
        })
        void authorizeWhenSomethingIsWrongThenRefusesWithoutRedirect(String parameter, String value) throws Exception {
            Map<String, String> request = StandInClient.goodRequest();
            request.put(parameter, value);

            for (StandInClient client : new StandInClient[] {google, gitHub}) {
                assertThat(client.authorize(request).statusCode()).isEqualTo(400);
                HttpResponse<String> chosen = client.choose(request, Person.ADA);
                assertThat(chosen.statusCode()).isEqualTo(400);
                assertThat(chosen.headers().firstValue("Location")).isEmpty();
            }
        }

        @Test
        void chooseWhenPersonIsKnownThenLeadsBackWithCodeAndState() throws Exception {
            HttpResponse<String> redirect = gitHub.choose(StandInClient.goodRequest(), Person.GRACE);

            assertThat(redirect.statusCode()).isEqualTo(302);
            assertThat(redirect.headers().firstValue("Location").orElseThrow())
                    .startsWith(StandInClient.REDIRECT_URI + "?");
            assertThat(query(redirect)).containsEntry("state", "a state & more").containsKey("code");
        }
    }

    @Nested
    class GoogleTokens {

        @Test
        void redeemWhenEverythingFitsThenIdTokenIsSignedAndCarriesNonce() throws Exception {
            Map<String, Object> answer = json(google.redeem(google.code(Person.ADA), Map.of()));
            SignedJWT idToken = SignedJWT.parse((String) answer.get("id_token"));
            JWKSet keys =
                    JWKSet.parse(google.get(url("/google/certs"), Map.of()).body());

            assertThat(idToken.verify(new RSASSAVerifier(
                            keys.getKeyByKeyId(idToken.getHeader().getKeyID()).toRSAKey())))
                    .isTrue();
            assertThat(idToken.getJWTClaimsSet().getIssuer()).isEqualTo(url("/google"));
            assertThat(idToken.getJWTClaimsSet().getAudience()).containsExactly("client");
            assertThat(idToken.getJWTClaimsSet().getSubject()).isEqualTo(Person.ADA.googleSubject());
            assertThat(idToken.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("a-nonce");
            assertThat(idToken.getJWTClaimsSet().getBooleanClaim("email_verified"))
                    .isTrue();
        }

        @Test
        void redeemWhenCodeWasUsedThenRefuses() throws Exception {
            String code = google.code(Person.ADA);
            assertThat(google.redeem(code, Map.of()).statusCode()).isEqualTo(200);

            assertThat(google.redeem(code, Map.of()).statusCode()).isEqualTo(400);
        }

        @ParameterizedTest
        @CsvSource({
            "client_secret, wrong, 401",
            "client_id, wrong, 401",
            "code_verifier, another-verifier-that-is-long-enough-to-be-allowed, 400",
            "code_verifier, '', 400",
            "redirect_uri, http://localhost:8180/elsewhere, 400"
        })
        void redeemWhenSomethingIsWrongThenRefusesAndTheCodeIsSpent(String parameter, String value, int status)
                throws Exception {
            String code = google.code(Person.ADA);

            assertThat(google.redeem(code, Map.of(parameter, value)).statusCode())
                    .isEqualTo(status);
            assertThat(google.redeem(code, Map.of()).statusCode()).isEqualTo(400);
        }

        @Test
        void userInfoWhenTokenIsGoodThenTellsThePersonElseRefuses() throws Exception {
            String token = (String) json(google.redeem(google.code(Person.UNVERIFIED), Map.of()))
                    .get("access_token");

            assertThat(json(google.get(url("/google/userinfo"), Map.of("Authorization", "Bearer " + token))))
                    .containsEntry("sub", Person.UNVERIFIED.googleSubject())
                    .containsEntry("email_verified", false);
            assertThat(google.get(url("/google/userinfo"), Map.of("Authorization", "Bearer x"))
                            .statusCode())
                    .isEqualTo(401);
        }

        @Test
        void configurationThenItsAddressesAnswer() throws Exception {
            Map<String, Object> configuration =
                    json(google.get(url("/google/.well-known/openid-configuration"), Map.of()));

            assertThat(configuration).containsEntry("issuer", url("/google"));
            assertThat(google.get((String) configuration.get("jwks_uri"), Map.of())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class GitHubTokens {

        @Test
        void userWhenTokenIsGoodThenIdIsANumberAndEmailsSayWhichIsVerified() throws Exception {
            String token = (String)
                    json(gitHub.redeem(gitHub.code(Person.ADA), Map.of())).get("access_token");
            Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);

            assertThat(json(gitHub.get(url("/github/api/user"), bearer)))
                    .containsEntry("id", Person.ADA.gitHubId())
                    .containsEntry("login", "ada");
            assertThat(gitHub.get(url("/github/api/user/emails"), bearer).body())
                    .contains("\"ada@example.test\"", "\"primary\":true");
        }

        @Test
        void redeemWhenVerifierIsWrongThenAnswersErrorAsGitHubDoes() throws Exception {
            HttpResponse<String> answer = gitHub.redeem(gitHub.code(Person.ADA), Map.of("code_verifier", "wrong"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer)).containsEntry("error", "invalid_grant").doesNotContainKey("access_token");
        }
    }
}
