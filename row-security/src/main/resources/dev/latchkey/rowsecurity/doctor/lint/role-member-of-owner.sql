select format('role %I, through %I', login.rolname, r.rolname) as object,
  format('revoke %I from %s', r.rolname, m.member::regrole) as remedy
from login, pg_auth_members m
join become b on b.oid = m.member
join pg_roles r on r.oid = m.roleid
where exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relowner = r.oid and c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema')
  or exists (select from current_owner c where c.proowner = r.oid)
  or exists (select from pg_database d where d.datdba = r.oid and d.datname = current_database())
