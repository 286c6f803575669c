package dev.latchkey.keycloak.actor;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret behind {@code actor_uid}: the UTF-8 bytes of the configured value after one trailing newline is removed, at least 32 of them. */
final class ActorKey {

    static final int MINIMUM_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private ActorKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * @param configured the value as it stands in the vault or the environment
     * @throws IllegalArgumentException if it is too short; the message does not repeat it
     */
    static ActorKey of(String configured) {
        byte[] bytes = withoutTrailingNewline(configured).getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MINIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "it has %d bytes, at least %d are needed".formatted(bytes.length, MINIMUM_BYTES));
        }
        return new ActorKey(bytes);
    }

    /** Files written by an editor or {@code echo} end with one, and the key must not depend on it. */
    private static String withoutTrailingNewline(String value) {
        return value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
    }

    byte[] hmac(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
