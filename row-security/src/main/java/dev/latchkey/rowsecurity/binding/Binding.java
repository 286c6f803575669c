package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.binding.session.Lease;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a transaction is bound to.
 *
 * @param owner whom; empty for nobody
 * @param access what for
 * @param context value of {@code app.context}
 * @param question columns that the binding statement asks for besides, or nothing; see {@link Lease#question}
 */
record Binding(Optional<Owner> owner, Access access, String context, String question) {

    /** How many parameters the binding statement has, by which those of a statement behind it are shifted. */
    static final int PARAMETERS = 2;

    static Binding of(Optional<Owner> owner, Access access, String question) {
        // An actor has the form of an owner id, in which JSON has nothing to escape.
        String actor =
                owner.map(Owner::actor).map(a -> "\"actor\":\"" + a + "\",").orElse("");
        return new Binding(owner, access, "{" + actor + "\"access\":\"" + access.inContext() + "\"}", question);
    }

    /** Value of {@code app.user_id}: empty, not absent, for nobody, so that a value left on the session does not show through. */
    private String userId() {
        return owner.map(Owner::id).orElse("");
    }

    /** The statement that binds; its parameters are set by {@link #applyTo}. */
    String sql() {
        return access.binding("?", "?") + question;
    }

    /** The binding and a statement behind it. */
    String around(String sql) {
        return access.around(sql, sql());
    }

    /** The binding as text, with a statement that takes no parameters. What an owner consists of needs no escaping in SQL. */
    String literalAround(String sql) {
        return access.around(sql, access.binding("'" + userId() + "'", "'" + context + "'") + question);
    }

    void applyTo(PreparedStatement statement) throws SQLException {
        statement.setString(1, userId());
        statement.setString(2, context);
    }

    boolean isConfirmedBy(ResultSet answer) throws SQLException {
        return answer.next() && userId().equals(answer.getString(1)) && context.equals(answer.getString(2));
    }
}
