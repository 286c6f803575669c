package dev.latchkey.rowsecurity.adopt;

import dev.latchkey.rowsecurity.doctor.OwnerColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Schema {@code app}: what makes or renews it. */
public final class AppSchema {

    private static final String CHANGELOG = "/dev/latchkey/rowsecurity/changelog/app.sql";

    /** Only if nothing outside of it uses it: a table may have been protected by hand since. */
    private static final String DROP = """
            do $$
            begin
              if not exists (
                select from pg_policy p join pg_class c on c.oid = p.polrelid
                where c.relnamespace <> 'app'::regnamespace
                  and concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) ~ '\\mapp\\.')
              then
                drop schema app cascade;
              end if;
            end
            $$""";

    private AppSchema() {}

    /**
     * The SQL that makes or renews it. It can be run again.
     *
     * @param column what a database calls the column that says whose a row is
     */
    public static String sql(OwnerColumn column) {
        return column.in(Resource.text(CHANGELOG));
    }

    static Step step(Connection connection, int number, OwnerColumn column) throws SQLException {
        return new Step(
                number,
                Stage.OBSERVE,
                "schema app",
                "functions and tables of row security",
                List.of(sql(column)),
                exists(connection) ? List.of() : List.of(DROP));
    }

    static boolean exists(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select to_regnamespace('app') is not null")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
