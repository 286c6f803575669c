package dev.latchkey.realm.account;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives {@code actor_uid} by the words of docs/reference/claims.md, whose test vectors hold it to what Keycloak's mapper does. */
final class ActorKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MINIMUM_BYTES = 32;

    private final SecretKeySpec key;

    /** @throws IllegalArgumentException if the secret is too short to be one */
    ActorKey(String secret) {
        String line = secret.endsWith("\n") ? secret.substring(0, secret.length() - 1) : secret;
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MINIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "The secret has %d bytes, and none under %d is in use".formatted(bytes.length, MINIMUM_BYTES));
        }
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** In a time that does not depend on how much of the two is alike. */
    boolean derives(String actorUid, String identity) {
        return MessageDigest.isEqual(
                derive(identity).getBytes(StandardCharsets.US_ASCII), actorUid.getBytes(StandardCharsets.US_ASCII));
    }

    String derive(String identity) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(identity.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
