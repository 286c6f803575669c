package dev.latchkey.journey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an authenticator app would show now (RFC 6238 with SHA-1, six digits, thirty seconds). */
final class OneTimeCode {

    private OneTimeCode() {}

    static String of(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            long step = Instant.now().getEpochSecond() / 30;
            ByteBuffer hash = ByteBuffer.wrap(
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array()));
            int truncated = hash.getInt(hash.get(hash.limit() - 1) & 0xf) & Integer.MAX_VALUE; // RFC 4226 §5.3
            return "%06d".formatted(truncated % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
