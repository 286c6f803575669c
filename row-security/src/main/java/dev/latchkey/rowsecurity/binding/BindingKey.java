package dev.latchkey.rowsecurity.binding;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret with which bindings are signed. The database holds it too, in {@code app.binding_key}. */
public final class BindingKey {

    private static final int BYTES = 32;
    private static final int BLOCK = 64;
    private static final byte INNER_PAD = 0x36;
    private static final int ID_BYTES = 4;

    private final byte[] secret;
    private final String id;
    /** Never used itself: a copy is quicker than a new one. */
    private final Mac initialized;

    private BindingKey(byte[] secret) {
        this.secret = secret;
        try {
            this.id = HexFormat.of().formatHex(sha256(innerBlock(secret)), 0, ID_BYTES);
            this.initialized = Mac.getInstance("HmacSHA256");
            initialized.init(new SecretKeySpec(secret, "HmacSHA256"));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The key that a configured value stands for: its bytes in UTF-8, without one trailing newline.
     *
     * @param value at least 32 bytes, as from {@code openssl rand -base64 48}
     * @throws IllegalArgumentException if it is shorter; the message does not show it
     */
    public static BindingKey of(String value) {
        byte[] secret = value.replaceFirst("\\r?\\n\\z", "").getBytes(StandardCharsets.UTF_8);
        if (secret.length < BYTES) {
            throw new IllegalArgumentException("A binding key has at least 32 bytes, this one has " + secret.length);
        }
        return new BindingKey(secret);
    }

    /** Tells keys apart: derived from the secret, here and in the database. */
    public String id() {
        return id;
    }

    /** What {@code app.add_binding_key} takes. */
    public byte[] secret() {
        return secret.clone();
    }

    String mac(String message) {
        try {
            Mac mac = (Mac) initialized.clone();
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The security provider's HmacSHA256 cannot be copied", e);
        }
    }

    /** RFC 2104 §2, as app.hmac_block does it. */
    private static byte[] innerBlock(byte[] secret) throws NoSuchAlgorithmException {
        byte[] block = Arrays.copyOf(secret.length > BLOCK ? sha256(secret) : secret, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= INNER_PAD;
        }
        return block;
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "BindingKey[" + id + "]";
    }
}
