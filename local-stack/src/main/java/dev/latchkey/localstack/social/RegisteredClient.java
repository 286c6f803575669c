package dev.latchkey.localstack.social;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * An application as the provider knows it.
 *
 * @param redirectUris compared exactly, as RFC 9700 §2.1 demands
 */
public record RegisteredClient(String id, String secret, Set<String> redirectUris) {

    boolean knows(String clientId, String clientSecret) {
        return id.equals(clientId)
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), clientSecret.getBytes(StandardCharsets.UTF_8));
    }
}
