package dev.latchkey.rowsecurity.binding;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.binding.session.Lease;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction is bound to.
 *
 * @param owner whom; empty for nobody
 * @param access what for
 * @param context value of {@code app.context}: {@code actor|access}, signed {@code actor|access|expiry|pid|key|mac}, where the actor may be followed by
 *     {@code /} and the origin
 * @param question columns that the binding statement asks for besides, or nothing; see {@link Lease#question}
 */
record Binding(Optional<Owner> owner, Access access, String context, String question) {

    /** How many parameters the binding statement has, by which those of a statement behind it are shifted. */
    static final int PARAMETERS = 2;

    /** @param seal signs the binding; null if bindings are not signed. Nobody's needs no signature: it opens nothing */
    static Binding of(Optional<Owner> owner, Access access, @Nullable Seal seal, String question) {
        String context = owner.map(o -> doer(o, access)).orElse("") + '|' + access.inContext();
        return new Binding(
                owner,
                access,
                seal == null
                        ? context
                        : owner.map(o -> seal.on(o.id(), context)).orElse(context),
                question);
    }

    /** Who writes is told with where from; nothing is written in a read. */
    private static String doer(Owner owner, Access access) {
        String actor = owner.actor() == null ? "" : owner.actor();
        return owner.origin() == null || access != Access.WRITE ? actor : actor + '/' + owner.origin();
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
