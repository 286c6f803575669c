package dev.latchkey.rowsecurity.prover.world;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signed with a key of the prover's own, which goes with the transaction. */
final class SignedBinding implements Binding {

    private static final int SECRET_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret = new byte[SECRET_BYTES];
    private final String context;

    SignedBinding(Session session) throws SQLException {
        new SecureRandom().nextBytes(secret);
        // No triggers: the one on the keys would mend app.bindings_are_signed(), and whether that is in order is to be
        // proved.
        session.execute("set local session_replication_role = replica");
        String key = session.value(
                "select app.add_binding_key('\\x%s')".formatted(HexFormat.of().formatHex(secret)));
        session.execute("set local session_replication_role = origin");
        context = session.value(
                        "select format('prover|write|%s|%s|', date_part('epoch', now() + interval '1 hour')::bigint, pg_backend_pid())")
                + key;
    }

    @Override
    public boolean isSigned() {
        return true;
    }

    @Override
    public void bind(Session session, String owner) throws SQLException {
        Binding.set(session, owner, context + '|' + mac(owner + '|' + context));
    }

    private String mac(String message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
