package dev.latchkey.journey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A person's authenticator app (RFC 6238): six digits, HMAC-SHA-1, thirty seconds. */
record Totp(String secret) {

    private static final String SECRET = "a secret of twenty by";

    static Totp of(RealmResource realm, String userId) {
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType("otp");
        credential.setUserLabel("app");
        credential.setSecretData("{\"value\": \"%s\"}".formatted(SECRET));
        credential.setCredentialData(
                "{\"subType\": \"totp\", \"digits\": 6, \"counter\": 0, \"period\": 30, \"algorithm\": \"HmacSHA1\"}");
        UserRepresentation user = realm.users().get(userId).toRepresentation();
        user.setCredentials(List.of(credential));
        realm.users().get(userId).update(user);
        return new Totp(SECRET);
    }

    String code() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(8)
                .putLong(Instant.now().getEpochSecond() / 30)
                .array());
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fffffff;
        return "%06d".formatted(number % 1_000_000);
    }
}
