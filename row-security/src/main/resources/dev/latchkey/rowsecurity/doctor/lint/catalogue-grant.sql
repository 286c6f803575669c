-- Column statistics hold values of every owner, and a table's TOAST holds its long ones. What initdb granted is noted in pg_init_privs.
select format('%s: %s to %s', c.oid::regclass, a.privilege_type, g.name) as object,
  format('revoke %s on %s from %s', lower(a.privilege_type), c.oid::regclass, g.name) as remedy
from pg_class c
cross join lateral aclexplode(c.relacl) a
join grantee g on g.oid = a.grantee
where (c.relnamespace = 'pg_catalog'::regnamespace and c.oid < 16384 or c.relkind = 't') and a.grantee <> c.relowner
  and not exists (
    select from pg_init_privs i cross join lateral aclexplode(i.initprivs) n
    where i.classoid = 'pg_class'::regclass and i.objoid = c.oid and i.objsubid = 0
      and n.grantee = a.grantee and n.privilege_type = a.privilege_type)
union all
select format('%s.%I: %s to %s', c.oid::regclass, t.attname, a.privilege_type, g.name),
  format('revoke %s (%I) on %s from %s', lower(a.privilege_type), t.attname, c.oid::regclass, g.name)
from pg_attribute t
join pg_class c on c.oid = t.attrelid
cross join lateral aclexplode(t.attacl) a
join grantee g on g.oid = a.grantee
where c.relnamespace = 'pg_catalog'::regnamespace and c.oid < 16384 and a.grantee <> c.relowner
  and not exists (
    select from pg_init_privs i where i.classoid = 'pg_class'::regclass and i.objoid = c.oid and i.objsubid = t.attnum)
