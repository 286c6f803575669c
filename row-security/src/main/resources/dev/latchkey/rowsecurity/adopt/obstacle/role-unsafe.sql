select 'role ' || r.rolname as object, remedy
from app_role a join pg_roles r on r.oid = a.oid
cross join lateral (
  select case
    when r.oid < 16384 then 'name another --role: this one is Postgres'' own'
    else format('alter role %s nosuperuser nobypassrls nocreaterole nocreatedb noreplication, or name another --role', a.quoted)
  end as remedy
  where r.oid < 16384 or r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
  union all
  select format('name another --role than the owner of the tables and its members; adopt makes it if it is not there')
  where not r.rolsuper and exists (select from target t where pg_has_role(a.oid, t.owner, 'member'))
) unsafe
union all
select 'role ' || a.name, 'name another --role: Postgres keeps names that begin with pg_, public and none for itself, and cuts off what is longer than 63 bytes'
from app_role a
where a.oid is null and (a.name ~ '^pg_' or a.name in ('', 'public', 'none') or octet_length(a.name) > 63)
