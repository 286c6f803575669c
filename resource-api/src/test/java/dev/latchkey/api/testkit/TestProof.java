package dev.latchkey.api.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A DPoP proof (RFC 9449 §4.2), good until something about it is changed, and assembled by hand: libraries refuse to make bad ones. */
public final class TestProof {

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private JWK signer;

    private TestProof(JWK key, String algorithm) {
        signer = key;
        header.put("typ", "dpop+jwt");
        header.put("alg", algorithm);
        header.put("jwk", key.toPublicJWK().toJSONObject());
    }

    public static TestProof of(JWK key, String algorithm, String method, String url, String token) {
        return new TestProof(key, algorithm)
                .claim("jti", UUID.randomUUID().toString())
                .claim("htm", method)
                .claim("htu", url)
                .claim("iat", Instant.now().getEpochSecond())
                .claim("ath", hash(token));
    }

    /** @param value null leaves it out */
    public TestProof header(String name, Object value) {
        return put(header, name, value);
    }

    /** @param value null leaves it out */
    public TestProof claim(String name, Object value) {
        return put(claims, name, value);
    }

    public TestProof nullClaim(String name) {
        claims.put(name, null);
        return this;
    }

    public TestProof signedBy(JWK key) {
        signer = key;
        return this;
    }

    public String text() {
        return text(Base64URL.encode(JSONObjectUtils.toJSONString(claims)));
    }

    /** With another payload than the claims. */
    public String text(Base64URL payload) {
        String input = Base64URL.encode(JSONObjectUtils.toJSONString(header)) + "." + payload;
        return input + "." + signature(input.getBytes(StandardCharsets.US_ASCII));
    }

    public static String hash(String token) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestProof put(Map<String, Object> part, String name, Object value) {
        if (value == null) {
            part.remove(name);
        } else {
            part.put(name, value);
        }
        return this;
    }

    private Base64URL signature(byte[] input) {
        String algorithm = String.valueOf(header.get("alg"));
        try {
            if (algorithm.equals("none")) {
                return new Base64URL("");
            }
            if (algorithm.startsWith("HS")) {
                byte[] publicKey = signer.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
                return new MACSigner(publicKey).sign(new JWSHeader(JWSAlgorithm.parse(algorithm)), input);
            }
            if (signer instanceof RSAKey rsa) {
                return new RSASSASigner(rsa.toPrivateKey(), true)
                        .sign(new JWSHeader(JWSAlgorithm.parse(algorithm)), input);
            }
            // Whatever the header says.
            return new ECDSASigner(signer.toECKey()).sign(new JWSHeader(JWSAlgorithm.ES256), input);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
