select t.name as object,
  coalesce(
    (select string_agg(format('drop policy %I on %s', p.polname, t.name), '; ') from pg_policy p where p.polrelid = t.oid),
    format('alter table %s disable row level security', t.name)) as remedy
from target t
where t.secured or exists (select from pg_policy p where p.polrelid = t.oid)
