package dev.latchkey.api.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The nonces that proofs must carry (RFC 9449 §9), so that none can be made in advance. Nothing is stored: a nonce is the HMAC of the
 * present {@link #SLOT}, the same for everybody, and good for that slot and the next.
 */
final class ProofNonces {

    static final Duration SLOT = Duration.ofMinutes(2);

    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final Clock clock;

    /** @param secret shared by all replicas; if it is empty, this process makes one of its own */
    ProofNonces(String secret, Clock clock) {
        this.key = new SecretKeySpec(secret.isEmpty() ? random() : secret.getBytes(StandardCharsets.UTF_8), MAC);
        this.clock = clock;
    }

    String current() {
        return of(slot());
    }

    boolean accepts(String nonce) {
        long slot = slot();
        return isEqual(nonce, of(slot)) || isEqual(nonce, of(slot - 1));
    }

    private long slot() {
        return clock.instant().getEpochSecond() / SLOT.toSeconds();
    }

    private String of(long slot) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            byte[] digest =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(slot).array());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isEqual(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
