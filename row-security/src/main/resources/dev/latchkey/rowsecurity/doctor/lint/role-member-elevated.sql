select format('role %I, through %I', login.rolname, r.rolname) as object,
  format('revoke %I from %s', r.rolname, m.member::regrole) as remedy
from login, pg_auth_members m
join become b on b.oid = m.member
join pg_roles r on r.oid = m.roleid
where r.rolsuper or r.rolbypassrls or r.rolreplication or r.rolcreaterole
  -- Postgres' own roles: each goes past grants but for these, which touch no data.
  or r.oid < 16384 and r.rolname not in ('pg_checkpoint', 'pg_read_all_settings', 'pg_use_reserved_connections')
