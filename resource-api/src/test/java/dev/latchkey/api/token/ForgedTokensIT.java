package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestIssuer;
import dev.latchkey.api.testkit.TestKeys;
import dev.latchkey.api.testkit.TestTokens;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is not exactly an access token of the realm for this API is answered 401 before any SQL (RFC 6750 §3, RFC 8725). */
class ForgedTokensIT extends ApiTest {

    /** Where a forged token says its key is: nobody may ever ask there. */
    private static final TestIssuer ATTACKER = new TestIssuer(TestKeys.STRANGER);

    private static final String OWNER = "alice";

    private static final BigInteger NO_TIME = BigInteger.TEN.pow(19);

    static Stream<Arguments> forged() throws Exception {
        JWTClaimsSet good = TestTokens.claims(OWNER).build();
        var stranger = new RSASSASigner(TestKeys.STRANGER);
        JWSHeader.Builder rs256 = new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT);
        String realmKid = TestKeys.REALM_RSA.getKeyID();
        byte[] publicKey = TestKeys.REALM_RSA.toRSAPublicKey().getEncoded();
        byte[] publicJwk =
                TestKeys.REALM_RSA.toPublicJWK().toJSONString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var hs256 = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .keyID(realmKid)
                .build();
        String payload = Base64URL.encode(good.toString()).toString();
        return Stream.of(
                // RFC 8725 §3.1, §3.2: the algorithm is on a list of asymmetric ones
                arguments("alg=none", new PlainJWT(good).serialize()),
                arguments("alg=None", header("{\"alg\":\"None\"}") + payload + "."),
                arguments("alg=nOnE with a signature", header("{\"alg\":\"nOnE\"}") + payload + ".AAAA"),
                arguments("no alg", header("{\"typ\":\"JWT\"}") + payload + ".AAAA"),
                arguments("HS256 with the public key", TestTokens.signed(hs256, good, new MACSigner(publicKey))),
                arguments("HS256 with the public JWK", TestTokens.signed(hs256, good, new MACSigner(publicJwk))),
                // RFC 8725 §3.3, §3.4: every signature is verified, as what the key is for
                arguments(
                        "ES256 under the kid of an RSA key",
                        TestTokens.signed(
                                new JWSHeader.Builder(JWSAlgorithm.ES256)
                                        .keyID(realmKid)
                                        .build(),
                                good,
                                new ECDSASigner(TestKeys.ec(realmKid)))),
                arguments(
                        "an ES256 signature of zeros",
                        header("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + TestKeys.REALM_EC.getKeyID() + "\"}")
                                + payload + "." + Base64URL.encode(new byte[64])),
                arguments("encrypted for the realm's key", encrypted(good)),
                arguments(
                        "a critical header that is not understood",
                        TestTokens.signed(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .criticalParams(Set.of("exp"))
                                        .customParam("exp", 1),
                                good)),
                arguments(
                        "a header nested a thousand times", header("{\"alg\":" + "[".repeat(1000)) + payload + ".AAAA"),
                // RFC 8725 §3.10: what a header says of its key is not followed
                arguments(
                        "a stranger's key",
                        TestTokens.signed(rs256.keyID("stranger").build(), good, stranger)),
                arguments(
                        "a stranger's key under our kid",
                        TestTokens.signed(rs256.keyID(realmKid).build(), good, stranger)),
                arguments("no kid", TestTokens.signed(rs256.keyID(null).build(), good, stranger)),
                arguments(
                        "kid as a path",
                        TestTokens.signed(rs256.keyID("../../dev/null").build(), good, stranger)),
                arguments(
                        "kid as an address",
                        TestTokens.signed(rs256.keyID(ATTACKER.jwksUri()).build(), good, stranger)),
                arguments(
                        "jku under our kid",
                        TestTokens.signed(
                                rs256.keyID(realmKid)
                                        .jwkURL(URI.create(ATTACKER.jwksUri()))
                                        .build(),
                                good,
                                stranger)),
                arguments(
                        "jku",
                        TestTokens.signed(
                                rs256.keyID("stranger")
                                        .jwkURL(URI.create(ATTACKER.jwksUri()))
                                        .build(),
                                good,
                                stranger)),
                arguments(
                        "x5u",
                        TestTokens.signed(
                                rs256.keyID("stranger")
                                        .jwkURL(null)
                                        .x509CertURL(URI.create(ATTACKER.jwksUri()))
                                        .build(),
                                good,
                                stranger)),
                arguments(
                        "jwk",
                        TestTokens.signed(
                                rs256.x509CertURL(null)
                                        .jwk(TestKeys.STRANGER.toPublicJWK())
                                        .build(),
                                good,
                                stranger)),
                arguments(
                        "x5c",
                        TestTokens.signed(
                                rs256.jwk(null)
                                        .x509CertChain(List.of(Base64.encode("a certificate")))
                                        .build(),
                                good,
                                stranger)),
                arguments(
                        "the issuer is where the stranger's key is",
                        TestTokens.signed(
                                rs256.x509CertChain(null).keyID("stranger").build(),
                                TestTokens.claims(OWNER)
                                        .issuer(ATTACKER.jwksUri())
                                        .build(),
                                stranger)),
                arguments("RS512, which is not on the list", signedBy(JWSAlgorithm.RS512, good)),
                // RFC 8725 §3.11, §3.12: tokens of other kinds are not access tokens
                arguments(
                        "header typ logout+jwt",
                        TestTokens.signed(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .type(new JOSEObjectType("logout+jwt"))
                                        .keyID(realmKid)
                                        .build(),
                                good,
                                new RSASSASigner(TestKeys.REALM_RSA))),
                arguments("a changed payload", tampered(TestTokens.of(OWNER))),
                arguments("no signature", TestTokens.of(OWNER).replaceAll("[^.]+$", "")),
                arguments("no token", "x"),
                arguments("two dots", ".."),
                // RFC 8725 §3.8, §3.9: issuer and audience
                claim("another realm", c -> c.issuer(TestTokens.ISSUER + "2")),
                claim("an issuer in other case", c -> c.issuer(TestTokens.ISSUER.toUpperCase(java.util.Locale.ROOT))),
                claim("no issuer", c -> c.issuer(null)),
                claim("another audience", c -> c.audience("account")),
                claim("no audience", c -> c.audience((String) null)),
                claim("expired", c -> c.expirationTime(Date.from(Instant.now().minusSeconds(61)))),
                claim("no exp", c -> c.expirationTime(null)),
                claim(
                        "nbf in the future",
                        c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(90)))),
                // RFC 7519 §2, NumericDate
                claim("exp that overflows to a good one", c -> c.claim("exp", overflowing(300))),
                claim("nbf that overflows to a good one", c -> c.claim("nbf", overflowing(-900))),
                claim("iat that overflows to a good one", c -> c.claim("iat", overflowing(-900))),
                claim("nbf of 20 digits", c -> c.claim("nbf", NO_TIME)),
                claim("auth_time of 20 digits", c -> c.claim("auth_time", NO_TIME)),
                claim("created_at of 20 digits", c -> c.claim("created_at", NO_TIME)),
                claim("created_at before 1970", c -> c.claim("created_at", -1)),
                claim("an ID token", c -> c.claim("typ", "ID")),
                claim("a refresh token", c -> c.claim("typ", "Refresh")),
                claim("a logout token", c -> c.claim("typ", "Logout")),
                claim("no payload typ", c -> c.claim("typ", null)),
                claim("DPoP-bound", c -> c.claim("cnf", Map.of("jkt", "x".repeat(43)))),
                // Without it, no change of the account would end the token
                claim("no sub", c -> c.subject(null)),
                claim("blank sub", c -> c.subject(" ")),
                claim("no owner_id", c -> c.claim("owner_id", null)),
                claim("empty owner_id", c -> c.claim("owner_id", "")),
                claim("owner_id with a quote", c -> c.claim("owner_id", "a'b")),
                claim("owner_id with a line break at the end", c -> c.claim("owner_id", "alice\n")),
                claim("owner_id of 129", c -> c.claim("owner_id", "a".repeat(129))),
                claim("owner_id as a number", c -> c.claim("owner_id", 5)),
                claim("owner_id as a list", c -> c.claim("owner_id", List.of("alice"))),
                claim("no actor_uid", c -> c.claim("actor_uid", null)),
                claim("actor_uid of 42", c -> c.claim("actor_uid", "A".repeat(42))),
                claim("actor_uid with padding", c -> c.claim("actor_uid", "A".repeat(42) + "=")));
    }

    /** Seconds that, as milliseconds of 64 bits, are a time near now: 2^61 thousands are 125 times 2^64. */
    private static long overflowing(long secondsFromNow) {
        return Instant.now().getEpochSecond() + secondsFromNow + (1L << 61);
    }

    private static String header(String json) {
        return Base64URL.encode(json) + ".";
    }

    /** RFC 8725 §3.6 besides: nothing that is compressed is ever unpacked. */
    private static String encrypted(JWTClaimsSet claims) throws JOSEException {
        var header = new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                .compressionAlgorithm(CompressionAlgorithm.DEF)
                .keyID(TestKeys.REALM_RSA.getKeyID())
                .build();
        var token = new JWEObject(
                header, new Payload(TestTokens.signed(new JWSHeader.Builder(JWSAlgorithm.RS256), claims)));
        token.encrypt(new RSAEncrypter(TestKeys.REALM_RSA.toRSAPublicKey()));
        return token.serialize();
    }

    private static Arguments claim(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
        return arguments(name, TestTokens.with(OWNER, change));
    }

    private static String signedBy(JWSAlgorithm algorithm, JWTClaimsSet claims) {
        return TestTokens.signed(new JWSHeader.Builder(algorithm), claims);
    }

    private static String tampered(String token) {
        String payload = token.substring(token.indexOf('.'), token.lastIndexOf('.'));
        String eve = TestTokens.of("eve");
        return token.replace(payload, eve.substring(eve.indexOf('.'), eve.lastIndexOf('.')));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void givenAForgedToken_thenUnauthorizedWithoutSql(String name, String token) {
        int asked = ATTACKER.requests();

        int roundTrips = WIRE.roundTrips(() -> {
            HttpResponse<String> response = send(request("/v1/works").header("Authorization", "Bearer " + token));
            assertProblem(response, 401, name.equals("expired") ? "token_expired" : "token_invalid");
            assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer error=\"invalid_token\"")
                    .contains(
                            "resource_metadata=\"http://localhost:" + port + "/.well-known/oauth-protected-resource\"")
                    .doesNotContain(token);
        });

        assertThat(roundTrips).isZero();
        assertThat(ATTACKER.requests()).isEqualTo(asked);
    }

    @Test
    void givenAnExpiredTokenThatIsAlsoForAnotherAudience_thenItIsNotCalledExpired() {
        String token = TestTokens.with(
                OWNER,
                c -> c.audience("account")
                        .expirationTime(Date.from(Instant.now().minusSeconds(600))));

        assertProblem(send(request("/v1/me").header("Authorization", "Bearer " + token)), 401, "token_invalid");
    }

    @Test
    void givenNoToken_thenTheChallengeNamesNoError() {
        HttpResponse<String> response = send(request("/v1/works"));

        assertProblem(response, 401, "token_missing");
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer resource_metadata=\"http://localhost:" + port
                        + "/.well-known/oauth-protected-resource\"");
    }

    /** RFC 9700 §4.3.2, RFC 6750 §2.2 and §2.3: addresses stand in logs and histories, and forms come from other sites. */
    @Test
    void givenATokenAnywhereButInTheHeader_thenItIsNotSeen() {
        String token = TestTokens.of(OWNER);

        assertProblem(send(request("/v1/me?access_token=" + token)), 401, "token_missing");
        assertProblem(
                send(request("/v1/works")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("title=x&access_token=" + token))),
                401,
                "token_missing");
        assertProblem(send(request("/v1/me").header("Cookie", "access_token=" + token)), 401, "token_missing");
    }

    /** RFC 9110 §5.3: proxy and API would each pick one. */
    @Test
    void givenTwoAuthorizationHeaders_thenBothAreRefused() {
        String bearer = "Bearer " + TestTokens.of(OWNER);

        for (String other : List.of(bearer, "Bearer x", "Basic eDp5", "")) {
            for (List<String> headers : List.of(List.of(bearer, other), List.of(other, bearer))) {
                HttpRequest.Builder request = request("/v1/me");
                headers.forEach(header -> request.header("Authorization", header));

                assertProblem(send(request), 401, "token_invalid");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s, Bearer %s", "%s,%s", "%s Bearer %s", "%s %s"})
    void givenTwoTokensInOneHeader_thenBothAreRefused(String form) {
        String token = TestTokens.of(OWNER);

        assertProblem(
                send(request("/v1/me").header("Authorization", "Bearer " + form.formatted(token, token))),
                401,
                "token_invalid");
    }

    @Test
    void givenAnyAddress_thenItIsClosedWithoutAToken() {
        for (String path : List.of(
                "/v1/nope",
                "/nope",
                "/actuator/env",
                "/env",
                "/error",
                "/index.htm",
                "/health/db",
                "/health/liveness")) {
            assertThat(send(request(path)).statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void givenEveryAlgorithmOnTheListAndBothHeaderTypes_thenTheyAreAccepted() throws Exception {
        JWTClaimsSet claims = TestTokens.claims(OWNER).build();
        String es256 = TestTokens.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(TestKeys.REALM_EC.getKeyID())
                        .build(),
                claims,
                new ECDSASigner(TestKeys.REALM_EC));

        for (String token :
                List.of(es256, signedBy(JWSAlgorithm.PS256, claims), signedBy(JWSAlgorithm.RS256, claims))) {
            assertThat(send(request("/v1/me").header("Authorization", "Bearer " + token))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
