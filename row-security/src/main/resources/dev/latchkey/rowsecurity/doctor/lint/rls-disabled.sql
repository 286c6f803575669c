select r.name as object, format('alter table %s enable row level security', r.name) as remedy
from relation r
where r.kind in ('r', 'p') and not r.secured and not r.child
  and (r.owner_id is null and r.shared or r.owner_id is not null and exists (select from pg_policy p where p.polrelid = r.oid))
