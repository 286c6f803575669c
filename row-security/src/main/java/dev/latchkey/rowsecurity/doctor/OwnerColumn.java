package dev.latchkey.rowsecurity.doctor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * What the column is called that says whose a row is. {@code owner_id}, unless a database was adopted in which that name meant something
 * before; {@code app.owner_column()} tells.
 *
 * @param name 1 to 40 of {@code a-z 0-9 _}, not beginning with a digit: it stands in SQL as it is
 */
public record OwnerColumn(String name) {

    public static final String DEFAULT = "owner_id";

    private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_]{0,39}");

    /** Read from the catalogue: whoever may not call the function has to know the name as well. */
    private static final String SOURCE = """
            select substring(p.prosrc from '^select ''([^'']*)''$')
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'app' and p.proname = 'owner_column' and p.pronargs = 0""";

    /** @throws IllegalArgumentException if the name has another form */
    public OwnerColumn {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The owner column's name is 1 to 40 of a-z, 0-9 and _, and does not begin with a digit");
        }
    }

    /** As the database says; the default where it says nothing that could be a name. */
    public static OwnerColumn of(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SOURCE);
                ResultSet row = statement.executeQuery()) {
            String name = row.next() ? row.getString(1) : null;
            return new OwnerColumn(name != null && FORM.matcher(name).matches() ? name : DEFAULT);
        }
    }

    /** SQL that is written for the default, with this name in its place. */
    public String in(String sql) {
        return sql.replace(DEFAULT, name);
    }
}
