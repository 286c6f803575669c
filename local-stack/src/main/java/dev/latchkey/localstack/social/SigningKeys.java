package dev.latchkey.localstack.social;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/** The key with which Google signs, and the one that it publishes: the same, unless a test forges. */
final class SigningKeys {

    private volatile RSAKey signing = newKey();
    private volatile RSAKey published = signing;

    String sign(JWTClaimsSet claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(published.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(signing));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    String publish() {
        return new JWKSet(published).toString(true);
    }

    /** From now on signs with a new key and publishes that one alone. */
    void rotate() {
        signing = newKey();
        published = signing;
    }

    /** While on, signs with a key that is not published, under the id of the one that is. */
    void forge(boolean on) {
        signing = on ? newKey() : published;
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java has RSA", e);
        }
    }
}
