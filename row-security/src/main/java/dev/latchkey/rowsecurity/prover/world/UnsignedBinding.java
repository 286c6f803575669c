package dev.latchkey.rowsecurity.prover.world;

import java.sql.SQLException;

/** The owner's id alone. */
final class UnsignedBinding implements Binding {

    @Override
    public boolean isSigned() {
        return false;
    }

    @Override
    public void bind(Session session, String owner) throws SQLException {
        Binding.set(session, owner, "prover|write");
    }
}
