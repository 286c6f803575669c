package dev.latchkey.api.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.Key;
import java.util.List;

/**
 * The key with which a proof is verified: its header's {@code jwk}, if it is the public key that the token is bound to and of a kind that
 * its algorithm allows. {@code kid}, {@code jku}, {@code x5u} and {@code x5c} are not looked at.
 */
final class ProofKey implements JWSKeySelector<SecurityContext> {

    /** Below is broken (RFC 7518 §3.3), above only costs us time. */
    private static final int SMALLEST_RSA = 2048;

    private static final int LARGEST_RSA = 4096;

    private final String thumbprint;

    /** @param thumbprint of the key that the token is bound to */
    ProofKey(String thumbprint) {
        this.thumbprint = thumbprint;
    }

    @Override
    public List<Key> selectJWSKeys(JWSHeader header, SecurityContext context) throws KeySourceException {
        JWK key = header.getJWK();
        try {
            if (key == null
                    || key.isPrivate()
                    || !thumbprint.equals(key.computeThumbprint().toString())) {
                throw new KeySourceException("The token is bound to another key");
            }
            if (key instanceof ECKey ec
                    && JWSAlgorithm.ES256.equals(header.getAlgorithm())
                    && Curve.P_256.equals(ec.getCurve())) {
                return List.of(ec.toECPublicKey());
            }
            if (key instanceof RSAKey rsa && isAllowed(rsa, header.getAlgorithm())) {
                return List.of(rsa.toRSAPublicKey());
            }
        } catch (JOSEException e) {
            throw new KeySourceException(e.getMessage(), e);
        }
        throw new KeySourceException("Keys of that kind, or with that algorithm, are not accepted");
    }

    private static boolean isAllowed(RSAKey key, JWSAlgorithm algorithm) {
        return (JWSAlgorithm.PS256.equals(algorithm) || JWSAlgorithm.RS256.equals(algorithm))
                && key.size() >= SMALLEST_RSA
                && key.size() <= LARGEST_RSA;
    }
}
