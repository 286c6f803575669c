package dev.latchkey.api.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import dev.latchkey.api.testkit.ApiTest;
import dev.latchkey.api.testkit.TestKeys;
import dev.latchkey.api.testkit.TestProof;
import dev.latchkey.api.testkit.TestTokens;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One of several replicas of an API that callers reach under another address than the one it listens on. */
class PublicAddressIT extends ApiTest {

    private static final String NONCE_KEY = "nonce-key-of-the-tests, 32 bytes or more";
    private static final ECKey KEY = TestKeys.ec("client");
    private static final String TOKEN = TestTokens.bound("alice", KEY);

    @DynamicPropertySource
    static void behindProxy(DynamicPropertyRegistry registry) {
        registry.add("LATCHKEY_API_URL", () -> "https://api.example.test");
        registry.add("LATCHKEY_DPOP_NONCE_KEY", () -> NONCE_KEY);
    }

    private HttpResponse<String> callWithProofFor(String address) {
        String nonceOfAnotherReplica = new ProofNonces(NONCE_KEY, Clock.systemUTC()).current();
        String proof = TestProof.of(KEY, "ES256", "GET", address + "/v1/me", TOKEN)
                .claim("nonce", nonceOfAnotherReplica)
                .text();
        return send(request("/v1/me").header("Authorization", "DPoP " + TOKEN).header("DPoP", proof));
    }

    @Test
    void givenAProofForThePublicAddress_thenItIsGood() {
        assertThat(callWithProofFor("https://api.example.test").statusCode()).isEqualTo(200);
    }

    @Test
    void givenAProofForTheAddressInTheRequest_thenItIsRefused() {
        assertProblem(callWithProofFor("http://localhost:" + port), 401, "invalid_dpop_proof");
    }

    @Test
    void givenTheMetadata_thenItNamesThePublicAddress() {
        assertThat(json(send(request("/.well-known/oauth-protected-resource")))
                        .path("resource")
                        .stringValue())
                .isEqualTo("https://api.example.test");
    }
}
