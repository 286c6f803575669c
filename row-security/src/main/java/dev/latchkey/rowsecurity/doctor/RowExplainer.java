package dev.latchkey.rowsecurity.doctor;

import dev.latchkey.rowsecurity.doctor.Explanation.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at one row as somebody whom no policy holds, and judges it by the policies that hold the role. */
final class RowExplainer {

    private static final String STANDARD = "(owner_id = ( SELECT app.current_owner() AS current_owner))";

    /** What app.current_owner() would say of a binding that is in order: nobody can sign one here. */
    private static final String OWNER = "nullif(current_setting('app.user_id', true), '')";

    private static final String FACTS = """
            select c.oid, c.relnamespace::regnamespace || '.' || quote_ident(c.relname) as name, r.oid as role,
              (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as may_look,
              c.relkind in ('r', 'p') as is_table, c.relrowsecurity as secured,
              r.rolsuper or r.rolbypassrls as exempt,
              pg_has_role(r.oid, c.relowner, 'usage') and not c.relforcerowsecurity as unforced,
              has_schema_privilege(r.oid, c.relnamespace, 'usage') and has_any_column_privilege(r.oid, c.oid, 'select') as granted,
              exists (select from pg_attribute where attrelid = c.oid and attname = 'owner_id' and not attisdropped) as owned
            from pg_class c, pg_roles r
            where c.oid = ?::regclass and r.oid = quote_ident(coalesce(?, session_user))::regrole""";

    private static final String KEY = """
            select format('%I = cast(? as %s)', a.attname, format_type(a.atttypid, a.atttypmod))
            from pg_index i
            cross join unnest(i.indkey::int2[]) with ordinality k (attnum, position)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
            where i.indrelid = ? and i.indisprimary and k.position <= i.indnkeyatts and a.attname <> 'owner_id'
            order by k.position""";

    private static final String POLICIES = """
            select quote_ident(polname) as name, polpermissive as permissive, coalesce(pg_get_expr(polqual, polrelid), 'true') as condition
            from pg_policy
            where polrelid = ? and polcmd in ('*', 'r')
              and exists (select from unnest(polroles) member where member = 0 or pg_has_role(?::oid, member, 'usage'))
            order by polname""";

    private final Connection connection;
    private final OwnerColumn column;
    private final List<Reason> reasons = new ArrayList<>();
    private final List<String> id;

    private String table = "";
    private String rows = "";

    RowExplainer(Connection connection, OwnerColumn column, List<String> id) {
        this.connection = connection;
        this.column = column;
        this.id = id;
    }

    Explanation explain(String named, @Nullable String role, @Nullable String owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(column.in(FACTS))) {
            statement.setString(1, named);
            statement.setString(2, role);
            try (ResultSet facts = statement.executeQuery()) {
                facts.next();
                return explain(facts, owner);
            }
        }
    }

    private Explanation explain(ResultSet facts, @Nullable String owner) throws SQLException {
        table = facts.getString("name");
        if (!facts.getBoolean("may_look")) {
            throw new SQLException(
                    "Only a superuser or a role with BYPASSRLS may ask: others would learn which rows there are",
                    "42501");
        }
        if (!facts.getBoolean("is_table")) {
            throw new SQLException(table + " is not a table", "42809");
        }
        // The conditions are spelled with their schemas then.
        text("select set_config('search_path', '', true)");
        text("select set_config('app.user_id', ?, true)", owner == null ? "" : owner);
        rows = "from " + table + " where " + key(facts.getLong("oid"));

        boolean granted = facts.getBoolean("granted");
        if (!granted) {
            because("no-grant", "The role may not SELECT from the table.");
        }
        if (!found("true")) {
            because("row-missing", "There is no such row.");
            return new Explanation(table, false, List.copyOf(reasons));
        }
        boolean unheld = facts.getBoolean("exempt") || !facts.getBoolean("secured") || facts.getBoolean("unforced");
        boolean shown = unheld ? shownToAll(facts) : shownByPolicies(facts, owner);
        return new Explanation(table, granted && shown, List.copyOf(reasons));
    }

    private boolean shownToAll(ResultSet facts) throws SQLException {
        if (facts.getBoolean("exempt")) {
            because("role-bypasses-rls", "Row security does not apply to the role.");
        } else if (!facts.getBoolean("secured")) {
            because("rls-disabled", "The table has no row security: everybody sees every row.");
        } else {
            because("rls-not-forced", "The role owns the table, whose row security is not forced.");
        }
        return true;
    }

    private boolean shownByPolicies(ResultSet facts, @Nullable String owner) throws SQLException {
        if (facts.getBoolean("owned")) {
            if (owner == null) {
                because("unbound", "Nobody is bound.");
            } else if (found(column.name() + " = " + OWNER)) {
                because("own-row", "The row is the owner's.");
            } else {
                because("another-owner", "The row belongs to another owner.");
            }
        }
        List<String> permitting = new ArrayList<>();
        List<String> restricting = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(POLICIES)) {
            statement.setLong(1, facts.getLong("oid"));
            statement.setLong(2, facts.getLong("role"));
            try (ResultSet policies = statement.executeQuery()) {
                while (policies.next()) {
                    String condition = policies.getString("condition");
                    String judged = condition.replace("app.current_owner()", OWNER);
                    if (policies.getBoolean("permissive")) {
                        permitting.add(judged);
                        if (!condition.equals(column.in(STANDARD)) && found(judged)) {
                            because(
                                    "policy-permits",
                                    "Policy %s lets it through.".formatted(policies.getString("name")));
                        }
                    } else {
                        restricting.add(judged);
                        if (!found(judged)) {
                            because(
                                    "policy-restricts",
                                    "Restrictive policy %s keeps it back.".formatted(policies.getString("name")));
                        }
                    }
                }
            }
        }
        if (permitting.isEmpty()) {
            because("policy-missing", "No policy lets the role see any row.");
            return false;
        }
        restricting.add(permitting.stream().collect(Collectors.joining(" or ", "(", ")")));
        return found(String.join(" and ", restricting));
    }

    private String key(long oid) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(column.in(KEY))) {
            statement.setLong(1, oid);
            try (ResultSet key = statement.executeQuery()) {
                while (key.next()) {
                    columns.add(key.getString(1));
                }
            }
        }
        if (columns.isEmpty() && !id.isEmpty()) {
            throw new SQLException(
                    "%s has no primary key besides %s: its rows have no id".formatted(table, column.name()), "22023");
        }
        if (columns.size() != id.size()) {
            throw new SQLException(
                    "A row of %s has an id of %d values besides %s, not %d"
                            .formatted(table, columns.size(), column.name(), id.size()),
                    "22023");
        }
        columns.add("true");
        return String.join(" and ", columns);
    }

    private boolean found(String condition) throws SQLException {
        return "t"
                .equals(text(
                        "select exists (select %s and (%s))".formatted(rows, condition), id.toArray(String[]::new)));
    }

    private void because(String code, String text) {
        reasons.add(new Reason(code, text));
    }

    private @Nullable String text(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
