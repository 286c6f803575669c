package dev.latchkey.rowsecurity.prover;

import dev.latchkey.rowsecurity.doctor.OwnerColumn;
import dev.latchkey.rowsecurity.prover.world.Session;
import java.sql.SQLException;
import java.util.List;

/**
 * Tables that nobody decided on. The doctor counts what the application can reach; these it cannot reach yet, but one grant later it could: with {@code owner_id} and no
 * row security, or without any grant or revocation ever written down, in a schema that the application uses.
 */
final class ForgottenTables {

    private static final String SQL = """
            select format('%%I.%%I is neither protected nor kept from the application. Mend: select app.protect(''%%1$I.%%2$I'', ''%%3$s''), or revoke all on %%1$I.%%2$I from public',
              n.nspname, c.relname, %1$s)
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            left join pg_catalog.pg_attribute o on o.attrelid = c.oid and o.attname = 'owner_id' and not o.attisdropped
            where c.relkind in ('r', 'p') and c.relpersistence <> 't' and not c.relispartition
              and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
              and case when o.attnum is null then c.relacl is null and pg_catalog.has_schema_privilege(%1$s, n.oid, 'usage')
                else not c.relrowsecurity end
            order by 1""";

    private ForgottenTables() {}

    static List<String> of(Session session) throws SQLException {
        String role = Session.literal(session.role()) + "::regrole";
        return session.query(OwnerColumn.of(session.connection()).in(SQL).formatted(role)).stream()
                .map(row -> row.get(0))
                .toList();
    }
}
