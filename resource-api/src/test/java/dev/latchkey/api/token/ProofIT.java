package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestIssuer;
import dev.latchkey.api.testkit.TestKeys;
import dev.latchkey.api.testkit.TestProof;
import dev.latchkey.api.testkit.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that is bound to a key opens the API with a proof made for the very request, and in no other way (RFC 9449). */
class ProofIT extends ApiTest {

    private static final ECKey KEY = TestKeys.ec("client");
    private static final ECKey STRANGER = TestKeys.ec("stranger");
    private static final RSAKey RSA = TestKeys.rsa("client-rsa");

    /** Where a forged proof says its key is: nobody may ever ask there. */
    private static final TestIssuer ATTACKER = new TestIssuer(STRANGER);

    private static final String TOKEN = TestTokens.bound("alice", KEY);

    private String url(String path) {
        return "http://localhost:" + port + path;
    }

    /** A proof that is good but for the nonce. */
    private TestProof bare(String method, String path) {
        return TestProof.of(KEY, "ES256", method, url(path), TOKEN);
    }

    private TestProof proof(String method, String path) {
        return bare(method, path).claim("nonce", nonce());
    }

    private TestProof proof() {
        return proof("GET", "/v1/me");
    }

    private String nonce() {
        return call(TOKEN, bare("GET", "/v1/me").text())
                .headers()
                .firstValue(DPoP.NONCE)
                .orElseThrow();
    }

    private HttpRequest.Builder with(String token, String proof, String path) {
        return request(path).header("Authorization", "DPoP " + token).header("DPoP", proof);
    }

    private HttpResponse<String> call(String token, String proof) {
        return send(with(token, proof, "/v1/me"));
    }

    private static String challenge(HttpResponse<String> response) {
        List<String> challenges = response.headers().allValues("WWW-Authenticate");
        assertThat(challenges).hasSize(1);
        return challenges.get(0);
    }

    private void assertRefused(HttpResponse<String> response, String code, String error) {
        assertProblem(response, 401, code);
        assertThat(challenge(response))
                .startsWith("DPoP error=\"" + error + "\"")
                .endsWith("algs=\"ES256 PS256 RS256\"");
        assertThat(response.headers().firstValue(DPoP.NONCE)).isPresent();
    }

    private void assertInvalid(HttpResponse<String> response) {
        assertRefused(response, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    @Test
    void givenAGoodProof_thenTheTokenOpensTheApiWithoutAnyQueryOrCallToTheIssuer() {
        get(newOwner(), "/v1/me");
        int asked = ISSUER.requests();

        int roundTrips = WIRE.roundTrips(() -> {
            HttpResponse<String> response = call(TOKEN, proof().text());

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(json(response).path("owner_id").stringValue()).isEqualTo("alice");
        });

        assertThat(roundTrips).isZero();
        assertThat(ISSUER.requests()).isEqualTo(asked);
    }

    @Test
    void givenABoundToken_thenItsOwnersRowsAreReachedAsWithAnyOther() {
        String token = TestTokens.bound(newOwner(), KEY);
        String proof = TestProof.of(KEY, "ES256", "POST", url("/v1/works"), token)
                .claim("nonce", nonce())
                .text();

        HttpResponse<String> response = send(with(token, proof, "/v1/works?ignored=1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"title\":\"Kindred\"}")));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    /** RFC 9449 §8.2. */
    @Test
    void givenAGoodProof_thenTheAnswerCarriesTheNonceOfTheNext() {
        String nonce =
                call(TOKEN, proof().text()).headers().firstValue(DPoP.NONCE).orElseThrow();

        assertThat(call(TOKEN, bare("GET", "/v1/me").claim("nonce", nonce).text())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256"})
    void givenAnRsaKey_thenItIsAsGood(String algorithm) {
        String token = TestTokens.bound("alice", RSA);

        String proof = TestProof.of(RSA, algorithm, "GET", url("/v1/me"), token)
                .claim("nonce", nonce())
                .text();

        assertThat(call(token, proof).statusCode()).isEqualTo(200);
    }

    /** §4.3: query and fragment do not count, and spellings of one address are one. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/me?a=b", "/v1/me#top", "/v1/%6De", "/v1/works/../me"})
    void givenAnotherSpellingOfTheAddress_thenTheProofIsGood(String path) {
        assertThat(call(TOKEN, proof("GET", path).text()).statusCode()).isEqualTo(200);
    }

    /** RFC 9110 §11.1. */
    @Test
    void givenTheSchemeInAnotherCase_thenItIsTheSame() {
        HttpResponse<String> response =
                send(request("/v1/me").header("Authorization", "dpop " + TOKEN).header("dpop", proof().text()));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void givenClocksThatDisagreeByLessThanHalfAMinute_thenTheProofIsGood() {
        for (int seconds : new int[] {-20, 20}) {
            assertThat(call(
                                    TOKEN,
                                    proof().claim("iat", Instant.now().getEpochSecond() + seconds)
                                            .text())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Each is good in every other respect: the nonce is, and the token. */
    static Stream<Arguments> badProofs() throws Exception {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                // §4.3, check 4
                bad("typ JWT", (p, at) -> p.header("typ", "JWT")),
                bad("typ at+jwt", (p, at) -> p.header("typ", "at+jwt")),
                bad("no typ", (p, at) -> p.header("typ", null)),
                // §4.3, check 5, and §11.6
                bad("alg none", (p, at) -> p.header("alg", "none")),
                bad("alg None", (p, at) -> p.header("alg", "None").signedBy(KEY)),
                bad("HS256 with the public key", (p, at) -> p.header("alg", "HS256")),
                bad("ES512 named for a P-256 key", (p, at) -> p.header("alg", "ES512")),
                bad("an unknown alg", (p, at) -> p.header("alg", "XX256")),
                bad("no alg", (p, at) -> p.header("alg", "")),
                // §4.3, checks 6 and 7
                bad("no jwk", (p, at) -> p.header("jwk", null)),
                bad("a private jwk", (p, at) -> p.header("jwk", KEY.toJSONObject())),
                bad(
                        "a symmetric jwk",
                        (p, at) -> p.header(
                                "jwk",
                                new OctetSequenceKey.Builder(new byte[32])
                                        .build()
                                        .toJSONObject())),
                bad(
                        "a jwk that is no object",
                        (p, at) -> p.header("jwk", KEY.toPublicJWK().toJSONString())),
                bad(
                        "jwk in a list",
                        (p, at) -> p.header("jwk", List.of(KEY.toPublicJWK().toJSONObject()))),
                bad("a jwk off the curve", (p, at) -> p.header("jwk", offTheCurve())),
                bad("another's signature", (p, at) -> p.signedBy(STRANGER)),
                // §4.3, check 12, and §6: the token is bound to another key
                bad(
                        "another's key",
                        (p, at) -> p.header("jwk", STRANGER.toPublicJWK().toJSONObject())
                                .signedBy(STRANGER)),
                bad(
                        "another's key under our kid",
                        (p, at) -> p.header("jwk", STRANGER.toPublicJWK().toJSONObject())
                                .header("kid", KEY.computeThumbprint().toString())
                                .signedBy(STRANGER)),
                bad(
                        "the key by jku",
                        (p, at) -> p.header("jwk", null)
                                .header("kid", "stranger")
                                .header("jku", ATTACKER.jwksUri())
                                .signedBy(STRANGER)),
                bad(
                        "the key by x5u",
                        (p, at) -> p.header("jwk", null)
                                .header("x5u", ATTACKER.jwksUri())
                                .signedBy(STRANGER)),
                // RFC 7515 §4.1.11
                bad(
                        "a critical header that is not understood",
                        (p, at) -> p.header("crit", List.of("x")).header("x", 1)),
                bad(
                        "no encoding, which is not understood",
                        (p, at) -> p.header("crit", List.of("b64")).header("b64", false)),
                // §4.3, check 8
                bad("another method", (p, at) -> p.claim("htm", "POST")),
                bad("the method in another case", (p, at) -> p.claim("htm", "get")),
                bad("a list of methods", (p, at) -> p.claim("htm", List.of("GET"))),
                bad("no method", (p, at) -> p.claim("htm", null)),
                // §4.3, check 9
                bad("another path", (p, at) -> p.claim("htu", "http://" + at + "/v1/works")),
                bad("a longer path", (p, at) -> p.claim("htu", "http://" + at + "/v1/me/")),
                bad("another scheme", (p, at) -> p.claim("htu", "https://" + at + "/v1/me")),
                bad("another port", (p, at) -> p.claim("htu", "http://localhost:1/v1/me")),
                bad(
                        "another host",
                        (p, at) -> p.claim(
                                "htu", "http://" + at.replace("localhost", "localhost.evil.example") + "/v1/me")),
                bad("the host as user", (p, at) -> p.claim("htu", "http://" + at + "@evil.example/v1/me")),
                bad("a list of addresses", (p, at) -> p.claim("htu", List.of("http://" + at + "/v1/me"))),
                bad("no address", (p, at) -> p.claim("htu", null)),
                // §4.3, check 11, and §11.1
                bad("from a minute ago", (p, at) -> p.claim("iat", now - 60)),
                bad("from a minute ahead", (p, at) -> p.claim("iat", now + 90)),
                bad("no iat", (p, at) -> p.claim("iat", null)),
                bad("exp in place of iat", (p, at) -> p.claim("iat", null).claim("exp", now + 10)),
                bad("exp in place of a null iat", (p, at) -> p.nullClaim("iat").claim("exp", now + 10)),
                bad("iat as text", (p, at) -> p.claim("iat", Long.toString(now))),
                // RFC 7519 §4.1.4 and §4.1.5
                bad("expired", (p, at) -> p.claim("exp", now - 300)),
                bad("not valid yet", (p, at) -> p.claim("nbf", now + 300)),
                // §4.2
                bad("no jti", (p, at) -> p.claim("jti", null)),
                bad("empty jti", (p, at) -> p.claim("jti", "")),
                bad("jti as a number", (p, at) -> p.claim("jti", 5)),
                // §4.3, check 12, and §7
                bad("no ath", (p, at) -> p.claim("ath", null)),
                bad("ath of another token", (p, at) -> p.claim("ath", TestProof.hash("another"))),
                bad("ath with padding", (p, at) -> p.claim("ath", TestProof.hash(TOKEN) + "=")));
    }

    private static Arguments bad(String name, Change change) {
        return arguments(name, change);
    }

    private interface Change {
        TestProof apply(TestProof proof, String hostAndPort) throws Exception;
    }

    private static Map<String, Object> offTheCurve() {
        Map<String, Object> jwk = KEY.toPublicJWK().toJSONObject();
        jwk.put("y", jwk.get("x"));
        return jwk;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badProofs")
    void givenABadProof_thenItIsRefusedWithoutAnyQueryOrOutboundCall(String name, Change change) throws Exception {
        String proof = change.apply(proof(), "localhost:" + port).text();
        int asked = ATTACKER.requests();

        int roundTrips = WIRE.roundTrips(() -> {
            HttpResponse<String> response = call(TOKEN, proof);
            assertInvalid(response);
            assertThat(challenge(response)).doesNotContain(proof);
        });

        assertThat(roundTrips).isZero();
        assertThat(ATTACKER.requests()).isEqualTo(asked);
    }

    static Stream<UnaryOperator<String>> malformed() {
        return Stream.of(
                proof -> "x",
                proof -> "..",
                proof -> "{}",
                proof -> proof + "x",
                proof -> proof + ".",
                proof -> proof + ", " + proof,
                proof -> proof + "." + proof.substring(0, proof.indexOf('.')) + ".x",
                proof -> proof.substring(0, proof.lastIndexOf('.')),
                proof -> proof.substring(0, proof.lastIndexOf('.') + 1),
                proof -> proof.replaceFirst("[.][^.]+[.]", "." + Base64URL.encode("{}") + "."));
    }

    /** §4.3, check 3. */
    @ParameterizedTest
    @MethodSource("malformed")
    void givenNoWellFormedProof_thenItIsRefused(UnaryOperator<String> change) {
        assertInvalid(call(TOKEN, change.apply(proof().text())));
    }

    /** A JWT within a JWT (RFC 7519 §5.2): the inner one counts for nothing. */
    @Test
    void givenAGoodProofInsideOfAnother_thenItIsRefused() {
        String inner = proof().text();

        assertInvalid(call(TOKEN, proof().header("cty", "JWT").text(Base64URL.encode(inner))));
    }

    /** §4.3, check 1. */
    @Test
    void givenTwoProofs_thenBothAreRefused() {
        assertInvalid(send(with(TOKEN, proof().text(), "/v1/me").header("DPoP", proof().text())));
    }

    @Test
    void givenNoProof_thenTheTokenIsRefused() {
        assertInvalid(send(request("/v1/me").header("Authorization", "DPoP " + TOKEN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void givenAnEmptyProof_thenItIsRefused(String proof) {
        assertInvalid(call(TOKEN, proof));
    }

    @Test
    void givenAProofOfMoreThan4096Characters_thenItIsRefused() {
        assertThat(call(TOKEN, proof().claim("x", "x".repeat(2000)).text()).statusCode())
                .isEqualTo(200);

        assertInvalid(call(TOKEN, proof().claim("x", "x".repeat(3000)).text()));
    }

    /** RFC 7518 §3.3, and what takes long to verify. */
    @ParameterizedTest
    @ValueSource(ints = {1024, 5120})
    void givenAnRsaKeyThatIsTooSmallOrTooLarge_thenTheProofIsRefused(int bits) throws Exception {
        RSAKey key = new RSAKeyGenerator(bits, true).generate();
        String token = TestTokens.bound("alice", key);

        assertInvalid(call(
                token,
                TestProof.of(key, "RS256", "GET", url("/v1/me"), token)
                        .claim("nonce", nonce())
                        .text()));
    }

    /** §4.3, check 5: RS512 is asymmetric and on nobody's list here. */
    @Test
    void givenAnAlgorithmThatIsNotOnTheList_thenTheProofIsRefused() {
        String token = TestTokens.bound("alice", RSA);

        assertInvalid(call(
                token,
                TestProof.of(RSA, "RS512", "GET", url("/v1/me"), token)
                        .claim("nonce", nonce())
                        .text()));
    }

    /** §11.1. */
    @Test
    void givenAProofForTheSecondTime_thenItIsRefused() {
        String proof = proof().text();

        assertThat(call(TOKEN, proof).statusCode()).isEqualTo(200);
        assertInvalid(call(TOKEN, proof));
    }

    @Test
    void givenOneProofManyTimesAtOnce_thenOneIsAccepted() throws Exception {
        String proof = proof().text();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Integer> answers = threads
                    .invokeAll(Stream.generate(() ->
                                    (Callable<Integer>) () -> call(TOKEN, proof).statusCode())
                            .limit(16)
                            .toList())
                    .stream()
                    .map(ProofIT::result)
                    .toList();

            assertThat(answers)
                    .containsOnlyOnce(200)
                    .filteredOn(status -> status == 401)
                    .hasSize(15);
        } finally {
            threads.shutdown();
        }
    }

    private static int result(Future<Integer> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Object> noNonces() {
        return Stream.of("", "x", "A".repeat(43), 5, List.of("x"));
    }

    /** §9. */
    @ParameterizedTest
    @MethodSource("noNonces")
    void givenNoNonceOfThisApi_thenOneIsGivenWithTheRefusal(Object nonce) {
        assertRefused(
                call(TOKEN, bare("GET", "/v1/me").claim("nonce", nonce).text()), "use_dpop_nonce", "use_dpop_nonce");
        assertRefused(call(TOKEN, bare("GET", "/v1/me").text()), "use_dpop_nonce", "use_dpop_nonce");
    }

    @Test
    void givenAProofThatWasRefusedForItsNonce_thenItWasNotUsedUp() {
        TestProof proof = bare("GET", "/v1/me");
        String nonce =
                call(TOKEN, proof.text()).headers().firstValue(DPoP.NONCE).orElseThrow();

        assertThat(call(TOKEN, proof.claim("nonce", nonce).text()).statusCode()).isEqualTo(200);
    }

    /** §7.2: no downgrade. */
    @Test
    void givenABoundTokenAsBearer_thenItIsRefusedWithAndWithoutProof() {
        for (HttpRequest.Builder request :
                List.of(request("/v1/me"), request("/v1/me").header("DPoP", proof().text()))) {
            HttpResponse<String> response = send(request.header("Authorization", "Bearer " + TOKEN));

            assertProblem(response, 401, "token_invalid");
            assertThat(response.headers().allValues("WWW-Authenticate"))
                    .hasSize(2)
                    .anyMatch(challenge -> challenge.startsWith("Bearer error=\"invalid_token\""))
                    .contains("DPoP algs=\"ES256 PS256 RS256\"");
        }
    }

    /** §7.1: the scheme promises a binding. */
    @Test
    void givenATokenThatIsNotBound_thenItIsRefusedUnderThisScheme() {
        String token = TestTokens.of("alice");

        assertRefused(
                call(
                        token,
                        TestProof.of(KEY, "ES256", "GET", url("/v1/me"), token)
                                .claim("nonce", nonce())
                                .text()),
                "token_invalid",
                "invalid_token");
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> badBindings() {
        String thumbprint = "x".repeat(43);
        return Stream.of(
                claims -> claims.claim("cnf", null),
                claims -> claims.claim("cnf", Map.of()),
                claims -> claims.claim("cnf", "text"),
                claims -> claims.claim("cnf", Map.of("jkt", 5)),
                claims -> claims.claim("cnf", Map.of("jkt", "")),
                claims -> claims.claim("cnf", Map.of("jkt", thumbprint + "x")),
                claims -> claims.claim("cnf", Map.of("x5t#S256", thumbprint)),
                claims -> claims.claim("cnf", Map.of("jkt", thumbprint, "x5t#S256", thumbprint)),
                claims -> claims.claim("typ", "Bearer"),
                claims -> claims.claim("typ", "Bearer").claim("cnf", Map.of("x5t#S256", thumbprint)),
                claims -> claims.claim("typ", "Bearer").claim("cnf", Map.of("jkt", 5)),
                claims -> claims.claim("typ", "dpop"));
    }

    /** RFC 7800 §3.1, RFC 9449 §6.1: a binding that is not understood is not ignored. */
    @ParameterizedTest
    @MethodSource("badBindings")
    void givenATokenWhoseBindingIsNotOneToAKeyAlone_thenItIsRefusedUnderBothSchemes(
            UnaryOperator<JWTClaimsSet.Builder> change) {
        String token = TestTokens.with("alice", claims -> change.apply(TestTokens.boundTo(KEY, claims)));
        String proof = TestProof.of(KEY, "ES256", "GET", url("/v1/me"), token)
                .claim("nonce", nonce())
                .text();

        assertRefused(call(token, proof), "token_invalid", "invalid_token");
        assertProblem(send(request("/v1/me").header("Authorization", "Bearer " + token)), 401, "token_invalid");
    }

    @Test
    void givenAnExpiredBoundToken_thenThatIsSaid() {
        String token = TestTokens.with(
                "alice",
                claims -> TestTokens.boundTo(KEY, claims)
                        .expirationTime(Date.from(Instant.now().minusSeconds(120))));
        String proof = TestProof.of(KEY, "ES256", "GET", url("/v1/me"), token)
                .claim("nonce", nonce())
                .text();

        assertRefused(call(token, proof), "token_expired", "invalid_token");
    }

    @Test
    void givenTwoAuthorizationHeaders_thenBothAreRefusedInEitherOrder() {
        String bound = "DPoP " + TOKEN;
        String bearer = "Bearer " + TestTokens.of("alice");
        for (List<String> headers : List.of(List.of(bound, bearer), List.of(bearer, bound), List.of(bound, bound))) {
            HttpRequest.Builder request = request("/v1/me").header("DPoP", proof().text());
            headers.forEach(header -> request.header("Authorization", header));

            assertProblem(send(request), 401, "token_invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "DPoP  x", "DPoP a b", "DPoPx", "DPoP x,Bearer y"})
    void givenNoTokenAfterTheScheme_thenItIsRefused(String header) {
        assertRefused(
                send(request("/v1/me").header("Authorization", header).header("DPoP", proof().text())),
                "token_invalid",
                "invalid_token");
    }

    /** §7.1: what a client may use is said before it asks. */
    @Test
    void givenNoToken_thenBothSchemesAreOffered() {
        HttpResponse<String> response = send(request("/v1/me").header("DPoP", proof().text()));

        assertProblem(response, 401, "token_missing");
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .hasSize(2)
                .anyMatch(challenge -> challenge.startsWith("Bearer resource_metadata="))
                .contains("DPoP algs=\"ES256 PS256 RS256\"");
    }

    /** RFC 9728 §2. */
    @Test
    void givenTheMetadata_thenItSaysWhatIsTakenAndThatItIsNotAsked() {
        var metadata = json(send(request("/.well-known/oauth-protected-resource")));

        assertThat(metadata.path("dpop_signing_alg_values_supported").toString())
                .isEqualTo("[\"ES256\",\"PS256\",\"RS256\"]");
        assertThat(metadata.path("dpop_bound_access_tokens_required").booleanValue())
                .isFalse();
        assertThat(metadata.path("resource").stringValue()).isEqualTo("http://localhost:" + port);
    }

    /**
     * §11.1: a server to which the client sent a proof passes it on, under the name that the proof was made for. Without an address that is
     * configured, only loopback names count.
     */
    @ParameterizedTest
    @CsvSource({"evil.example, 401", "localhost.evil.example, 401", "localhost, 200"})
    void givenAHostOfTheCallersChoice_thenTheProofForItIsRefused(String host, int status) throws IOException {
        String proof = TestProof.of(KEY, "ES256", "GET", "http://" + host + "/v1/me", TOKEN)
                .claim("nonce", nonce())
                .text();

        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(
                            "GET /v1/me HTTP/1.1\r\nHost: %s\r\nAuthorization: DPoP %s\r\nDPoP: %s\r\nConnection: close\r\n\r\n"
                                    .formatted(host, TOKEN, proof)
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + status);
        }
    }
}
