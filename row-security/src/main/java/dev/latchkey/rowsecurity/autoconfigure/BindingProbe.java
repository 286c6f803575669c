package dev.latchkey.rowsecurity.autoconfigure;

import dev.latchkey.rowsecurity.Owner;
import dev.latchkey.rowsecurity.OwnerScope;
import dev.latchkey.rowsecurity.binding.BindingOptions;
import dev.latchkey.rowsecurity.doctor.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Binds an owner who has no rows, to see whether the database believes the application's bindings. */
final class BindingProbe {

    private static final Log LOG = LogFactory.getLog(BindingProbe.class);
    private static final Owner NOBODY_IN_PARTICULAR = Owner.of("row-security:probe");

    /** No row while the login role may not call the function: then nothing is protected yet. */
    private static final String STATE = """
            select exists (
              select from pg_proc s where s.pronamespace = n.oid and s.proname = 'bindings_are_signed' and s.prosrc = 'select true')
            from pg_namespace n join pg_proc p on p.pronamespace = n.oid
            where n.nspname = 'app' and p.proname = 'current_owner' and p.pronargs = 0
              and has_schema_privilege(n.oid, 'usage') and has_function_privilege(p.oid, 'execute')""";

    private final OwnerScope scope;
    private final BindingOptions options;

    BindingProbe(OwnerScope scope, BindingOptions options) {
        this.scope = scope;
        this.options = options;
    }

    /** What is wrong, or nothing. */
    Optional<Finding> examine(DataSource dataSource) {
        return scope.runAs(NOBODY_IN_PARTICULAR, () -> {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    return examine(connection);
                } finally {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            } catch (SQLException e) {
                throw Checkup.translated(e);
            }
        });
    }

    private Optional<Finding> examine(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet state = statement.executeQuery(STATE)) {
            if (!state.next()) {
                return Optional.empty();
            }
            if (options.signing() != null && !state.getBoolean(1)) {
                LOG.warn(
                        "Bindings are signed, but the database has no binding key and believes unsigned ones too. As the schema's"
                                + " owner: select app.add_binding_key($1)");
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet owner = statement.executeQuery("select app.current_owner()")) {
            return owner.next() && NOBODY_IN_PARTICULAR.id().equals(owner.getString(1))
                    ? Optional.empty()
                    : Optional.of(refused());
        }
    }

    private Finding refused() {
        return new Finding(
                "binding-refused",
                "function app.current_owner()",
                "The database does not believe the bindings of this application, so every protected table would be empty.",
                options.signing() == null
                        ? "set latchkey.row-security.signing.key to a key that the database holds in app.binding_key"
                        : "compare key " + options.signing().key().id()
                                + " with the ids in app.binding_key, the clocks of both machines, and behind a pooler"
                                + " set latchkey.row-security.signing.backend-pid to false");
    }
}
