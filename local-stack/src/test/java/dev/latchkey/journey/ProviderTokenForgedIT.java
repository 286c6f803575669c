package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.localstack.social.Person;
import dev.latchkey.localstack.social.RealUpstreams;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are not for us, and those that were used. */
class ProviderTokenForgedIT extends ProviderTokenRefusals {

    @Nested
    class GivenATokenThatIsNotForUs {

        static Stream<Arguments> brokenClaims() {
            Instant now = Instant.now();
            return Stream.of(
                    changed("audience", claims -> claims.audience("somebody-elses-app")),
                    changed("audience", claims -> claims.audience(List.of(RealUpstreams.GOOGLE_CLIENT.id(), "other"))),
                    changed("authorized party", claims -> claims.claim("azp", "somebody-elses-app")),
                    changed("issuer", claims -> claims.issuer("https://accounts.google.com.example.test")),
                    changed("subject", claims -> claims.subject(null)),
                    changed("expired", claims -> claims.expirationTime(Date.from(now.minusSeconds(60)))),
                    changed("expired", claims -> claims.expirationTime(null)),
                    changed("not issued yet", claims -> claims.issueTime(Date.from(now.plusSeconds(600)))),
                    changed("too old", claims -> claims.issueTime(Date.from(now.minusSeconds(3700)))),
                    changed("not valid yet", claims -> claims.notBeforeTime(Date.from(now.plusSeconds(600)))));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("brokenClaims")
        @DisplayName("then its claims are refused by name of the rule")
        void claims(String rule, UnaryOperator<JWTClaimsSet.Builder> change) {
            Person person = app.newcomer(true);

            assertRefused(ProviderTokens.google(app.googleToken(person, change)), 400, "invalid_grant", ": " + rule);
        }

        private static Arguments changed(String rule, UnaryOperator<JWTClaimsSet.Builder> change) {
            return Arguments.of(rule, change);
        }

        @Test
        @DisplayName("then a signature that is not Google's is worth nothing (RFC 8725 §3.1)")
        void signature() throws Exception {
            Person person = app.newcomer(true);
            JWTClaimsSet claims = ProviderTokens.claims(person).build();
            SignedJWT good = SignedJWT.parse(app.googleToken(person));

            assertRefused(ProviderTokens.google(new PlainJWT(claims).serialize()), 400, "invalid_request", "form");
            assertRefused(ProviderTokens.google(none(claims)), 400, "invalid_grant", "signature");
            assertRefused(
                    ProviderTokens.google(hmac(claims, good.getHeader().getKeyID())),
                    400,
                    "invalid_grant",
                    "signature");
            String[] parts = good.serialize().split("\\.");
            String other = new JWTClaimsSet.Builder(claims)
                    .subject("1")
                    .build()
                    .toPayload()
                    .toBase64URL()
                    .toString();
            assertRefused(
                    ProviderTokens.google(parts[0] + "." + other + "." + parts[2]), 400, "invalid_grant", "signature");
            running.upstreams().forge();
            assertRefused(ProviderTokens.google(app.googleToken(person)), 400, "invalid_grant", "signature");
        }

        @Test
        @DisplayName("then another nonce than the app's is refused, and so is none")
        void nonce() {
            Person person = app.newcomer(true);
            Map<String, String> other = ProviderTokens.google(app.googleToken(person, c -> c.claim("nonce", "theirs")));
            other.put("nonce", "ours");
            assertRefused(other, 400, "invalid_grant", "nonce");

            Map<String, String> none = ProviderTokens.google(app.googleToken(person));
            none.put("nonce", "ours");
            assertRefused(none, 400, "invalid_grant", "nonce");
        }

        @Test
        @DisplayName(
                "then an access token that GitHub issued to another app is refused, though it opens the same profile")
        void gitHub() throws Exception {
            Person person = app.newcomer(true);
            try (Browser browser = RealProviders.browser(running)) {
                RealProviders.signIn(running, browser).with("github", person);
            }
            accounts = realm.users().count();
            String theirs = running.upstreams().gitHubToken(person, "somebody-elses-app");

            assertRefused(ProviderTokens.gitHub(theirs), 400, "invalid_grant", "issued to this application");
            assertRefused(ProviderTokens.gitHub("gho_unknown"), 400, "invalid_grant", "issued to this application");
            assertThat(app.accepted(ProviderTokens.gitHub(app.gitHubToken(person)))
                            .claim("provider"))
                    .isEqualTo("github");
        }

        private static String none(JWTClaimsSet claims) {
            String header = com.nimbusds.jose.util.Base64URL.encode("{\"alg\":\"none\",\"kid\":\"k\"}")
                    .toString();
            return header + "." + claims.toPayload().toBase64URL() + ".AA";
        }

        /** Signed with what everybody knows: the key that Google publishes. */
        private String hmac(JWTClaimsSet claims, String keyId) throws JOSEException {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId).build();
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new MACSigner(running.upstreams().publishedKeys().getBytes(StandardCharsets.UTF_8)));
            return token.serialize();
        }
    }

    @Nested
    class GivenATokenThatWasUsed {

        @Test
        @DisplayName("then it is refused, however its signature is written")
        void replay() {
            Person person = app.newcomer(true);
            String token = app.googleToken(person);
            app.accepted(ProviderTokens.google(token));
            accounts = realm.users().count();

            assertRefused(ProviderTokens.google(token), 400, "invalid_grant", "used before");
            assertRefused(ProviderTokens.google(rewritten(token)), 400, "invalid_grant", "used before");
        }

        @Test
        @DisplayName("then of many uses at once exactly one succeeds")
        void concurrent() throws Exception {
            Map<String, String> form = ProviderTokens.google(app.googleToken(app.newcomer(true)));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<Integer>> uses = threads.invokeAll(java.util.Collections.nCopies(
                        16, (Callable<Integer>) () -> app.send(form).statusCode()));
                int succeeded = 0;
                for (Future<Integer> use : uses) {
                    succeeded += use.get() == 200 ? 1 : 0;
                }
                assertThat(succeeded).isEqualTo(1);
            } finally {
                threads.shutdownNow();
            }
            assertThat(realm.users().count()).isEqualTo(accounts + 1);
        }

        /** 256 bytes end in a letter of which four bits are not used: 15 others say the same. */
        private static String rewritten(String token) {
            String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            char last = token.charAt(token.length() - 1);
            return token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(last) ^ 1);
        }
    }
}
