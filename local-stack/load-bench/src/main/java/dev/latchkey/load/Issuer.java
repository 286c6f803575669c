package dev.latchkey.load;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Signs access tokens like the realm's, serves its key, and tells again and again that no account was changed. */
final class Issuer implements AutoCloseable {

    private static final Duration LIFETIME = Duration.ofHours(3);

    private final RSAKey key;
    private final HttpServer server;

    Issuer() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("load").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/certs", () -> new JWKSet(key.toPublicJWK()).toString());
        serve(
                "/account-changes",
                () -> "{\"until\":" + System.currentTimeMillis() + ",\"changed\":{},\"everybody\":false}");
        server.start();
    }

    private void serve(String path, java.util.function.Supplier<String> json) {
        server.createContext(path, exchange -> {
            byte[] body = json.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** An access token with the claims, and so of the size, of the realm's. */
    String token(String owner) {
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(url())
                .audience("resource-api")
                .subject(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .jwtID(UUID.randomUUID().toString())
                .claim("typ", "Bearer")
                .claim("azp", "web")
                .claim("sid", UUID.randomUUID().toString())
                .claim("auth_time", now.getEpochSecond())
                .claim("scope", "openid")
                .claim("owner_id", owner)
                .claim("actor_uid", "A".repeat(43))
                .claim("provider", "google")
                .claim("email", "somebody@example.test")
                .claim("email_verified", true)
                .claim("created_at", 1767225600)
                .claim("user_metadata", Map.of("display_name", "Somebody", "onboarding_completed", true))
                .claim("app_metadata", Map.of("tier", "pro", "permissions", List.of("sync")))
                .build();
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .type(JOSEObjectType.JWT)
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
