package dev.latchkey.rowsecurity.prover.world;

import java.sql.SQLException;

/** How the prover binds an owner. */
interface Binding {

    /** Whether this database believes a binding only if it is signed. */
    boolean isSigned();

    void bind(Session session, String owner) throws SQLException;

    /** What this database asks for. */
    static Binding of(Session session) throws SQLException {
        boolean keys = Session.isTrue(session.value("select to_regclass('app.binding_key') is not null"));
        return keys && !session.query("select from app.binding_key limit 1").isEmpty()
                ? new SignedBinding(session)
                : new UnsignedBinding();
    }

    static void set(Session session, String owner, String context) throws SQLException {
        session.query("select set_config('app.user_id', %s, true), set_config('app.context', %s, true)"
                .formatted(Session.literal(owner), Session.literal(context)));
    }
}
