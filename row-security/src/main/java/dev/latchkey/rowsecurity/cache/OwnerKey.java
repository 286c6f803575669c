package dev.latchkey.rowsecurity.cache;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Key of an entry that belongs to one owner. Serializable, and with a text of its own, because caches outside of this process
 * make their keys of the one or the other.
 *
 * @param owner id of the owner; null for work that concerns none
 * @param key what the application asks for
 */
record OwnerKey(@Nullable String owner, Object key) implements Serializable {

    /**
     * A digest stands for the owner: a message or a log line about a key names nobody. Its length is always the same, so no two keys
     * have one text unless what the application asks for has.
     */
    @Override
    public String toString() {
        return (owner == null ? "" : digest(owner)) + "/" + key;
    }

    private static String digest(String owner) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(owner.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java platform has it.
        }
    }
}
