package dev.latchkey.liquibase;

import java.util.List;

/** Everything that the changelogs make, one line each, as Postgres itself spells it. */
final class SchemaSnapshot {

    private static final String SQL = """
            with ours as (
              select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'liquibase')
            )
            select line from (
              select format('role %s %s %s %s %s', rolname, rolsuper, rolbypassrls, rolcanlogin, rolinherit) as line
              from pg_roles where rolname !~ '^pg_'
              union all
              select format('database %s %s %s', datname, datdba::regrole, datacl) from pg_database
              union all
              select format('schema %s %s', nspname, nspacl)
              from pg_namespace where nspname in ('public', 'app', 'maintenance', 'liquibase')
              union all
              select format('relation %s %s %s %s %s %s', c.oid::regclass, relkind, relowner::regrole, relacl, relrowsecurity, relforcerowsecurity)
              from pg_class c join ours on ours.oid = relnamespace
              union all
              select format('column %s.%s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
                pg_get_expr(adbin, adrelid))
              from pg_attribute a join pg_class c on c.oid = attrelid join ours on ours.oid = relnamespace
              left join pg_attrdef on adrelid = attrelid and adnum = attnum
              where attnum > 0
              union all
              select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(o.oid))
              from pg_constraint o join ours on ours.oid = connamespace
              union all
              select pg_get_indexdef(indexrelid) from pg_index join pg_class c on c.oid = indexrelid join ours on ours.oid = relnamespace
              union all
              select format('policy %s %s %s %s %s %s %s', polrelid::regclass, polname, polcmd, polpermissive, polroles::regrole[],
                pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
              from pg_policy
              union all
              select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
              union all
              select format('function %s %s %s %s', p.oid::regprocedure, proowner::regrole, proacl, pg_get_functiondef(p.oid))
              from pg_proc p join ours on ours.oid = pronamespace
              union all
              select format('large object function %s %s', p.oid::regprocedure, array(
                select a::text from unnest(coalesce(proacl, acldefault('f', proowner))) a order by 1))
              from pg_proc p where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^lo'
            ) snapshot
            order by line""";

    private SchemaSnapshot() {}

    static List<String> of(TestServer server) throws Exception {
        try (Session session = server.connectAs("postgres")) {
            return session.texts(SQL);
        }
    }
}
