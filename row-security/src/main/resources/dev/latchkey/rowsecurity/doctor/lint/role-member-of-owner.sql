select format('role %I, through %s', login.rolname, m.roleid::regrole) as object,
  format('revoke %s from %s', m.roleid::regrole, m.member::regrole) as remedy
from login, pg_auth_members m
join become b on b.oid = m.member
join owning o on o.oid = m.roleid
