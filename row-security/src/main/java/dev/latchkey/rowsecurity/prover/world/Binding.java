package dev.latchkey.rowsecurity.prover.world;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the prover binds an owner. */
@FunctionalInterface
interface Binding {

    int SECRET_BYTES = 32;

    void bind(Session session, String owner) throws SQLException;

    /** What this database asks for: signed with a key of its own, which goes with the transaction, if there is any key. */
    static Binding of(Session session) throws SQLException {
        boolean keys = session.query("select to_regclass('app.binding_key') is not null")
                .get(0)
                .get(0)
                .equals("t");
        if (!keys || session.query("select from app.binding_key limit 1").isEmpty()) {
            return (bound, owner) -> set(bound, owner, "prover|write");
        }
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        String id = session.query("select app.add_binding_key('\\x%s')"
                        .formatted(HexFormat.of().formatHex(secret)))
                .get(0)
                .get(0);
        String signed = session.query(
                                "select format('prover|write|%s|%s|', date_part('epoch', now() + interval '1 hour')::bigint, pg_backend_pid())")
                        .get(0)
                        .get(0)
                + id;
        return (bound, owner) -> set(bound, owner, signed + '|' + mac(secret, owner + '|' + signed));
    }

    private static void set(Session session, String owner, String context) throws SQLException {
        session.query("select set_config('app.user_id', %s, true), set_config('app.context', %s, true)"
                .formatted(Session.literal(owner), Session.literal(context)));
    }

    private static String mac(byte[] secret, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
