package dev.latchkey.api.token;

import dev.latchkey.api.settings.ApiSettings;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.oauth2.jwt.DPoPProofReplayValidator.InMemoryCache;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationProvider;
import org.springframework.stereotype.Component;

/**
 * Tokens that are bound to a key of the client, and no use to a thief without it (RFC 9449): accepted beside bearer tokens, from clients
 * that ask the issuer for them. Touches neither database nor issuer.
 */
@Component
public final class DPoP {

    /** Request header with the proof. */
    public static final String PROOF = ProofHeader.NAME;

    /** Answer header with the nonce for the next proof (RFC 9449 §8.2). */
    public static final String NONCE = "DPoP-Nonce";

    /** Algorithms of proofs, the preferred one first. */
    public static final List<String> ALGORITHMS = List.of("ES256", "PS256", "RS256");

    /** Proofs that are remembered, each for 30 seconds after its {@code iat}: some 30 MB at most. */
    private static final int MOST_PROOFS = 100_000;

    /** A hundred requests a second. */
    private static final int MOST_PROOFS_PER_KEY = 3_000;

    private final ProofHeader headers;
    private final ProofNonces nonces;
    private final TokenProblems problems;

    DPoP(ApiSettings settings, @Value("${latchkey.dpop-nonce-key}") String nonceKey, TokenProblems problems) {
        this.headers = new ProofHeader(new PublicAddress(settings.apiUrl()));
        this.nonces = new ProofNonces(nonceKey, Clock.systemUTC());
        this.problems = problems;
    }

    public void configure(OAuth2ResourceServerConfigurer<HttpSecurity> server) {
        server.dPoP(dPoP -> dPoP.authenticationConverter(headers)
                        .authenticationSuccessHandler(
                                (request, response, caller) -> response.setHeader(NONCE, nonces.current()))
                        .authenticationFailureHandler((request, response, failure) -> {
                            response.setHeader(NONCE, nonces.current());
                            problems.ofProof(request, response, failure);
                        }))
                .withObjectPostProcessor(judgedBy(new ProofRules(nonces, memory())));
    }

    private static InMemoryCache memory() {
        var memory = new InMemoryCache();
        memory.setMaxSize(MOST_PROOFS);
        memory.setMaxRequestsPerKey(MOST_PROOFS_PER_KEY);
        return memory;
    }

    private static ObjectPostProcessor<DPoPAuthenticationProvider> judgedBy(ProofRules rules) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends DPoPAuthenticationProvider> O postProcess(O provider) {
                provider.setDPoPProofVerifierFactory(rules);
                return provider;
            }
        };
    }
}
