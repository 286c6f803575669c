select 'functions ' || string_agg(distinct p.proname, ', ') as object,
  format('revoke execute on function %s from %s', string_agg(p.oid::regprocedure::text, ', '), who.name) as remedy
from pg_proc p
cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
join grantee g on g.oid = a.grantee
cross join lateral (select case a.grantee when 0 then 'public' else a.grantee::regrole::text end as name) who
where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ '^(lo_.*|loread|lowrite)$' and a.grantee <> p.proowner
  -- Only a superuser can revoke them, whom not every database has: they matter where large objects are or are to be.
  and (exists (select from pg_largeobject_metadata)
    or exists (
      select from pg_attribute c join pg_class t on t.oid = c.attrelid
      where c.atttypid = 'oid'::regtype and c.attnum > 0 and t.relkind in ('r', 'p')
        and t.relnamespace not in (select oid from pg_namespace where nspname ~ '^(pg_|information_schema$)')))
group by who.name
