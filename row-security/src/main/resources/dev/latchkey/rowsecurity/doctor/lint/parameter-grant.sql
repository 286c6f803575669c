select format('%s on parameter %s to %s', a.privilege_type, p.parname, g.name) as object,
  format('revoke %s on parameter %s from %s', lower(a.privilege_type), p.parname, g.name) as remedy
from pg_parameter_acl p
cross join lateral aclexplode(p.paracl) a
join grantee g on g.oid = a.grantee
