select 'role ' || r.rolname as object, remedy
from app_role a join pg_roles r on r.oid = a.oid
cross join lateral (
  select format('alter role %s nosuperuser nobypassrls nocreaterole nocreatedb noreplication, or name another --role', a.quoted) as remedy
  where r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
  union all
  select format('name another --role than the owner of the tables and its members; adopt makes it if it is not there')
  where not r.rolsuper and exists (select from target t where pg_has_role(a.oid, t.owner, 'member'))
) unsafe
