select format('sequence %s: %s to %s', c.oid::regclass, string_agg(distinct a.privilege_type, ', '), g.name) as object,
  format('revoke %s on sequence %s from %s', string_agg(distinct lower(a.privilege_type), ', '), c.oid::regclass, g.name) as remedy
from pg_class c
join schema s on s.oid = c.relnamespace
cross join lateral aclexplode(c.relacl) a
join grantee g on g.oid = a.grantee
where c.relkind = 'S' and a.grantee <> c.relowner and a.privilege_type in ('SELECT', 'UPDATE')
group by c.oid, g.name
