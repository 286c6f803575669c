package dev.latchkey.api.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.DPoPProofContext;
import org.springframework.security.oauth2.jwt.DPoPProofReplayValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;

/**
 * What a proof must be for one request (RFC 9449 §4.3). Spring Security 7.1's own rules take any RSA or EC algorithm and key size, methods
 * in any case, an address only letter by letter, a proof without {@code iat} if it has {@code exp}, and know no nonce.
 */
final class ProofRules implements JwtDecoderFactory<DPoPProofContext> {

    /** RFC 9449 §9. */
    static final OAuth2Error NONCE =
            new OAuth2Error("use_dpop_nonce", "Put the nonce of the header DPoP-Nonce into the proof", null);

    private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");
    private static final Set<String> REQUIRED = Set.of("jti", "htm", "htu", "iat", "ath");

    private final ProofNonces nonces;
    private final OAuth2TokenValidator<Jwt> once;

    /** @param seen what is full refuses further proofs, and forgets none before its time */
    ProofRules(ProofNonces nonces, DPoPProofReplayValidator.InMemoryCache seen) {
        this.nonces = nonces;
        this.once = new DPoPProofReplayValidator(seen);
    }

    @Override
    public JwtDecoder createDecoder(DPoPProofContext request) {
        OAuth2Token token = Objects.requireNonNull(request.<OAuth2Token>getAccessToken());
        String thumbprint = Confirmation.thumbprint(((ClaimAccessor) token).getClaim(Confirmation.CLAIM));
        if (thumbprint == null) {
            throw new OAuth2AuthenticationException(
                    BearerTokenErrors.invalidToken("The token is not bound to a key: send it as Bearer"));
        }
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
        processor.setJWSKeySelector(new ProofKey(thumbprint));
        processor.setJWTClaimsSetVerifier(complete());
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(rules(request, token));
        return decoder;
    }

    private static JWTClaimsSetVerifier<SecurityContext> complete() {
        var required = new DefaultJWTClaimsVerifier<SecurityContext>(new JWTClaimsSet.Builder().build(), REQUIRED);
        return (claims, context) -> {
            required.verify(claims, context);
            // Null would be replaced by exp on its way to the rules below.
            if (claims.getIssueTime() == null) {
                throw new BadJWTException("iat is null");
            }
        };
    }

    private OAuth2TokenValidator<Jwt> rules(DPoPProofContext request, OAuth2Token token) {
        HttpTarget target = HttpTarget.of(request.getTargetUri());
        var rules = new DelegatingOAuth2TokenValidator<>(
                new JwtClaimValidator<>("htm", request.getMethod()::equals),
                new JwtClaimValidator<>("htu", htu -> target != null && target.equals(HttpTarget.of(htu))),
                new JwtClaimValidator<>("ath", hash(token)::equals),
                this::hasNonce,
                // Last, so that only what is good in every other respect is remembered.
                once);
        rules.setFailOnError(true);
        return rules;
    }

    private OAuth2TokenValidatorResult hasNonce(Jwt proof) {
        return proof.getClaim("nonce") instanceof String nonce && nonces.accepts(nonce)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(NONCE);
    }

    private static String hash(OAuth2Token token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(token.getTokenValue().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
