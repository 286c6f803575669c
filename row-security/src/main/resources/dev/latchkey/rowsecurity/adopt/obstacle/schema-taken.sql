select 'schema app' as object, 'alter schema app rename to another name: row security''s functions live in a schema app of their own' as remedy
from pg_namespace n
where n.nspname = 'app'
  and not exists (select from pg_proc p where p.pronamespace = n.oid and p.proname = 'protect')
  and (exists (select from pg_class c where c.relnamespace = n.oid) or exists (select from pg_proc p where p.pronamespace = n.oid))
