select t.name as object,
  coalesce(
    (select string_agg(format('drop policy %I on %s', p.polname, t.name), '; ' order by p.polname) from pg_policy p where p.polrelid = t.oid) || '; ', '')
    || format('alter table %s disable row level security', t.name) as remedy
from (select oid, name, secured from target union select oid, name, secured from shared) t
where (t.secured or exists (select from pg_policy p where p.polrelid = t.oid))
  -- Shared by an adoption before this one.
  and not exists (select from pg_policy p where p.polrelid = t.oid and p.polname = 'shared_readable')
