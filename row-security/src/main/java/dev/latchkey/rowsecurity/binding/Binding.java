package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.Owner;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a transaction is bound to.
 *
 * @param owner whom; empty for nobody
 * @param context value of {@code app.context}
 */
record Binding(Optional<Owner> owner, String context) {

    /** How many parameters {@link #SQL} has, by which those of a statement behind it are shifted. */
    static final int PARAMETERS = 2;

    /** {@code SET LOCAL} takes no parameter, {@code set_config} does. */
    static final String SQL = "select set_config('app.user_id', ?, true), set_config('app.context', ?, true)";

    /** Puts the binding before a statement: both then go out in one flush and one transaction. */
    static String before(String sql) {
        return SQL + ";\n" + sql;
    }

    static Binding of(Optional<Owner> owner, boolean readOnly) {
        String access = readOnly ? "read" : "write";
        // An actor has the form of an owner id, in which JSON has nothing to escape.
        String actor =
                owner.map(Owner::actor).map(a -> "\"actor\":\"" + a + "\",").orElse("");
        return new Binding(owner, "{" + actor + "\"access\":\"" + access + "\"}");
    }

    /** Value of {@code app.user_id}: empty, not absent, for nobody, so that a value left on the session does not show through. */
    private String userId() {
        return owner.map(Owner::id).orElse("");
    }

    /** The binding as text for a statement that takes no parameters. Only for nobody: no outside value is in it. */
    String literalBefore(String sql) {
        if (owner.isPresent()) {
            throw new IllegalStateException("An owner is bound by parameter");
        }
        return "select set_config('app.user_id', '', true), set_config('app.context', '" + context + "', true);\n"
                + sql;
    }

    void applyTo(PreparedStatement statement) throws SQLException {
        statement.setString(1, userId());
        statement.setString(2, context);
    }

    boolean isConfirmedBy(ResultSet answer) throws SQLException {
        return answer.next() && userId().equals(answer.getString(1)) && context.equals(answer.getString(2));
    }
}
