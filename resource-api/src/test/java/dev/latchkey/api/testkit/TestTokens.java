package dev.latchkey.api.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Access tokens as the realm issues them, and every way to get one wrong. */
public final class TestTokens {

    public static final String ISSUER = "http://localhost:8180/realms/latchkey";

    private TestTokens() {}

    /** A good token for an owner. */
    public static String of(String owner) {
        return with(owner, claims -> claims);
    }

    /** A good token with claims changed: {@code claim(name, null)} leaves one out. */
    public static String with(String owner, UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256),
                change.apply(claims(owner)).build());
    }

    /** A good token that is bound to a key, as Keycloak binds it (RFC 9449 §6.1). */
    public static String bound(String owner, JWK key) {
        return with(owner, claims -> boundTo(key, claims));
    }

    public static JWTClaimsSet.Builder boundTo(JWK key, JWTClaimsSet.Builder claims) {
        try {
            String thumbprint = key.computeThumbprint().toString();
            return claims.claim("typ", "DPoP").claim("cnf", Map.of("jkt", thumbprint, "kc-jkt-type", "DPoP"));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Good claims under a header of one's own, signed by the realm. */
    public static String signed(JWSHeader.Builder header, JWTClaimsSet claims) {
        header.keyID(TestKeys.REALM_RSA.getKeyID());
        header.type(JOSEObjectType.JWT);
        try {
            return signed(header.build(), claims, new RSASSASigner(TestKeys.REALM_RSA));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JWTClaimsSet.Builder claims(String owner) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("resource-api")
                .subject(UUID.nameUUIDFromBytes(owner.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString())
                .issueTime(Date.from(now.minusSeconds(900)))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .jwtID(UUID.randomUUID().toString())
                .claim("typ", "Bearer")
                .claim("azp", "web")
                .claim("sid", "5c1d8f5e-3d2e-4c38-9f43-111111111111")
                .claim("auth_time", now.getEpochSecond() - 10)
                .claim("scope", "openid")
                .claim("owner_id", owner)
                .claim("actor_uid", "A".repeat(43))
                .claim("provider", "google")
                .claim("email", "alice@example.test")
                .claim("email_verified", true)
                .claim("created_at", 1767225600)
                .claim("user_metadata", Map.of("display_name", "Alice", "onboarding_completed", true))
                .claim("app_metadata", Map.of("tier", "pro", "permissions", List.of("sync")));
    }
}
