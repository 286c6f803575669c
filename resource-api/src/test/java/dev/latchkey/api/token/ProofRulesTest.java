package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import dev.latchkey.api.testkit.TestKeys;
import dev.latchkey.api.testkit.TestProof;
import dev.latchkey.api.testkit.TestTokens;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.DPoPProofContext;
import org.springframework.security.oauth2.jwt.DPoPProofReplayValidator.InMemoryCache;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

/** What is remembered of proofs is bounded, and nothing is forgotten to make room (RFC 9449 §11.1). What is not understood fits nothing. */
class ProofRulesTest {

    private static final String URL = "https://api.example.test/v1/me";
    private static final String TOKEN = "token";

    private final ECKey alice = TestKeys.ec("alice");
    private final ECKey bob = TestKeys.ec("bob");
    private final ProofNonces nonces = new ProofNonces("", Clock.systemUTC());
    private final InMemoryCache seen = new InMemoryCache();
    private final ProofRules rules = new ProofRules(nonces, seen);

    private String proof(JWK key) {
        return proof(key, URL);
    }

    private String proof(JWK key, String url) {
        return TestProof.of(key, "ES256", "GET", url, TOKEN)
                .claim("nonce", nonces.current())
                .text();
    }

    private void judge(JWK key, String proof) {
        judge(key, proof, URL);
    }

    private void judge(JWK key, String proof, String url) {
        Jwt token = Jwt.withTokenValue(TOKEN)
                .header("alg", "RS256")
                .claims(claims -> claims.putAll(TestTokens.boundTo(key, TestTokens.claims("alice"))
                        .build()
                        .getClaims()))
                .claim("iat", Instant.now())
                .claim("exp", Instant.now().plusSeconds(300))
                .build();
        rules.createDecoder(DPoPProofContext.withDPoPProof(proof)
                        .method("GET")
                        .targetUri(url)
                        .accessToken(token)
                        .build())
                .decode(proof);
    }

    @Test
    void whenMemoryIsFull_thenFurtherProofsAreRefusedAndOldOnesStillKnown() {
        seen.setMaxSize(2);
        String first = proof(alice);
        judge(alice, first);
        judge(alice, proof(alice));

        assertThatThrownBy(() -> judge(bob, proof(bob))).isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> judge(alice, first)).isInstanceOf(JwtException.class);
    }

    @Test
    void whenOneKeyHasUsedItsShare_thenOthersGoOn() {
        seen.setMaxRequestsPerKey(2);
        judge(alice, proof(alice));
        judge(alice, proof(alice));

        assertThatThrownBy(() -> judge(alice, proof(alice))).isInstanceOf(JwtException.class);
        assertThatCode(() -> judge(bob, proof(bob))).doesNotThrowAnyException();
    }

    @Test
    void whenAProofIsBadInAnotherRespect_thenItTakesNoRoom() {
        seen.setMaxSize(1);
        for (int i = 0; i < 3; i++) {
            String challenged = TestProof.of(alice, "ES256", "GET", URL, TOKEN).text();
            assertThatThrownBy(() -> judge(alice, challenged)).isInstanceOf(JwtException.class);
        }

        assertThatCode(() -> judge(alice, proof(alice))).doesNotThrowAnyException();
    }

    /** What is no address must not equal what is none either. */
    @Test
    void whenTheAddressThatWasCalledIsNone_thenNoProofIsForIt() {
        String none = "https://api.example.test//v1/me";

        assertThatThrownBy(() -> judge(alice, proof(alice, none), none)).isInstanceOf(JwtException.class);
    }
}
