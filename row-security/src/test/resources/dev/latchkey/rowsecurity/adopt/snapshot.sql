with relation as (
  select c.* from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
)
select concat_ws(' ', 'relation', r.oid::regclass, r.relkind, r.relowner::regrole, r.relrowsecurity, r.relforcerowsecurity, r.relreplident, r.reloptions,
  (select string_agg(a::text, ',' order by a::text) from unnest(coalesce(r.relacl, acldefault(case r.relkind when 'S' then 's' else 'r' end::"char", r.relowner))) a))
from relation r where r.relkind <> 'i'
union all
select concat_ws(' ', 'column', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attacl,
  (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = a.attrelid and d.adnum = a.attnum))
from pg_attribute a join relation r on r.oid = a.attrelid where a.attnum > 0 and not a.attisdropped and r.relkind <> 'i'
union all
select concat_ws(' ', 'constraint', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid), c.convalidated)
from pg_constraint c join relation r on r.oid = c.conrelid
union all
select concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisprimary, i.indisvalid, i.indisclustered, i.indisreplident)
from pg_index i join relation r on r.oid = i.indrelid
union all
select concat_ws(' ', 'comment', pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description)
from pg_description d where d.objoid > 16384
union all
select concat_ws(' ', 'view', r.oid::regclass, pg_get_viewdef(r.oid)) from relation r where r.relkind = 'v'
union all
select concat_ws(' ', 'policy', p.polrelid::regclass, p.polname, pg_get_expr(p.polqual, p.polrelid)) from pg_policy p
union all
select concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid)) from pg_trigger t where not t.tgisinternal
union all
select concat_ws(' ', 'function', p.oid::regprocedure, (select string_agg(a::text, ',' order by a::text) from unnest(coalesce(p.proacl, acldefault('f', p.proowner))) a))
from pg_proc p where p.oid > 16384 or p.proname ~ '^(lo_.*|loread|lowrite)$'
union all
select concat_ws(' ', 'schema', n.nspname, (select string_agg(a::text, ',' order by a::text) from unnest(coalesce(n.nspacl, acldefault('n', n.nspowner))) a))
from pg_namespace n where n.nspname !~ '^pg_'
union all
select concat_ws(' ', 'database', (select string_agg(a::text, ',' order by a::text) from unnest(coalesce(d.datacl, acldefault('d', d.datdba))) a))
from pg_database d where d.datname = current_database()
union all
select concat_ws(' ', 'role', rolname, rolsuper, rolcanlogin) from pg_roles
order by 1
