package dev.latchkey.rowsecurity.binding.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A look at a session and at what its database defines, as one column of any query.
 *
 * @param roles who is logged in and whose privileges are in force
 * @param settings settings made on the session, as {@code name=value}
 * @param leftovers whether there are temporary objects, held cursors, statements prepared by SQL, advisory locks, channels
 *     listened to, or a binding
 * @param version stands for all definitions
 * @param definitions all, unless the version is the one that was known
 */
record Look(String roles, Set<String> settings, boolean leftovers, String version, List<Definition> definitions) {

    private static final String LABEL = "session_look";
    private static final String BETWEEN = "\u0001";
    private static final int FIXED = 4;

    /**
     * Settings that JDBC itself makes (isolation, read-only) are left to the pool, which resets them. Everything in a schema depends
     * on it, so a temporary schema on which nothing depends is empty. All is qualified: search_path may be what was left.
     */
    private static final String COLUMN = """
            (select array[
                current_user || ' ' || session_user,
                coalesce((select pg_catalog.string_agg(name || '=' || setting, pg_catalog.chr(1)) from pg_catalog.pg_settings
                  where source = 'session' and name !~ '^(default_transaction|transaction)_'), ''),
                (pg_catalog.concat(
                    pg_catalog.current_setting('app.user_id', true), pg_catalog.current_setting('app.context', true)) <> ''
                  or exists (select from pg_catalog.pg_depend
                    where refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass and refobjid = pg_catalog.pg_my_temp_schema())
                  or exists (select from pg_catalog.pg_cursors where is_holdable)
                  or exists (select from pg_catalog.pg_prepared_statements where from_sql)
                  or exists (select from pg_catalog.pg_locks
                    where locktype = 'advisory' and pid = pg_catalog.pg_backend_pid())
                  or exists (select from pg_catalog.pg_listening_channels()))::pg_catalog.text,
                v.version]
              || case when v.version <> '%s' then (
                select pg_catalog.array_agg(pg_catalog.concat_ws(pg_catalog.chr(1), d.name, d.kind, d.text)) from (%s) as d (name, kind, text)) end
            from (
              select pg_catalog.count(*) || ' ' || pg_catalog.sum(pg_catalog.hashtextextended(definition, 0)) from (
                select 'f' || oid || ' ' || xmin from pg_catalog.pg_proc where oid >= 16384
                union all select 'r' || oid || ' ' || xmin from pg_catalog.pg_rewrite where oid >= 16384
                union all select 't' || oid || ' ' || xmin from pg_catalog.pg_trigger where not tgisinternal
                union all select 'd' || oid || ' ' || xmin from pg_catalog.pg_attrdef where oid >= 16384
                union all select 'k' || oid || ' ' || xmin from pg_catalog.pg_constraint where oid >= 16384
                union all select 'p' || oid || ' ' || xmin from pg_catalog.pg_policy
                union all select 'i' || inhrelid || ' ' || inhparent from pg_catalog.pg_inherits
                union all select 'x' || indexrelid from pg_catalog.pg_index where indexprs is not null or indpred is not null
                union all select 'y' || oid || ' ' || xmin from pg_catalog.pg_type where oid >= 16384 and typtype = 'd'
                union all select 'o' || oid || ' ' || xmin from pg_catalog.pg_operator where oid >= 16384
                union all select 'c' || oid || ' ' || xmin from pg_catalog.pg_cast where oid >= 16384
                union all select 'n' || oid || ' ' || relname from pg_catalog.pg_class
                  where oid >= 16384 and relkind in ('r', 'p', 'v', 'f', 'm') and relpersistence <> 't') as d (definition)) as v (version)) as %s""";

    /** The column, which brings the definitions along only if they are others than those of {@code knownVersion}. */
    static String column(String knownVersion) {
        return COLUMN.formatted(knownVersion, Catalogue.DEFINITIONS, LABEL);
    }

    /** Reads the column, which is the last one of the row if it is there. */
    static @Nullable Look of(ResultSet row) throws SQLException {
        int last = row.getMetaData().getColumnCount();
        if (!LABEL.equals(row.getMetaData().getColumnLabel(last))) {
            return null;
        }
        String[] values = (String[]) row.getArray(last).getArray();
        return new Look(
                values[0],
                Set.of(values[1].split(BETWEEN, -1)),
                Boolean.parseBoolean(values[2]),
                values[3],
                Stream.of(values).skip(FIXED).map(Look::definition).toList());
    }

    private static Definition definition(String value) {
        String[] parts = value.split(BETWEEN, 3);
        return Definition.of(parts[0], parts[1], parts[2]);
    }

    /** Whether anything is there that was not on the first connection that the pool lent. */
    boolean differsFrom(Look first) {
        return leftovers || !roles.equals(first.roles) || !first.settings.containsAll(settings);
    }
}
