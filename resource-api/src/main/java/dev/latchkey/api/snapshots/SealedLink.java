package dev.latchkey.api.snapshots;

import dev.latchkey.api.document.Sha256Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a link opens: one archive, until then. Sealed (AES-256-GCM, NIST SP 800-38D) and not only signed, so that it tells whoever sees it
 * neither whose it is nor which.
 */
record SealedLink(String owner, UUID id, Instant until) {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int FIXED_BYTES = 3 * Long.BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** @param key of any length; who can guess it can make links */
    String seal(String key) {
        byte[] owner = this.owner.getBytes(StandardCharsets.UTF_8);
        byte[] plain = ByteBuffer.allocate(FIXED_BYTES + owner.length)
                .putLong(until.getEpochSecond())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(owner)
                .array();
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty if it was not sealed with that key, or is over. */
    static Optional<SealedLink> open(String key, String token, Instant now) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(token);
            if (sealed.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            ByteBuffer plain = ByteBuffer.wrap(
                    cipher(Cipher.DECRYPT_MODE, key, sealed).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
            Instant until = Instant.ofEpochSecond(plain.getLong());
            UUID id = new UUID(plain.getLong(), plain.getLong());
            String owner = StandardCharsets.UTF_8.decode(plain).toString();
            return now.isBefore(until) ? Optional.of(new SealedLink(owner, id, until)) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, String key, byte[] noncePrefix) throws GeneralSecurityException {
        byte[] secret = Sha256Digest.create().digest(("snapshot link\n" + key).getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(
                mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, noncePrefix, 0, NONCE_BYTES));
        return cipher;
    }
}
