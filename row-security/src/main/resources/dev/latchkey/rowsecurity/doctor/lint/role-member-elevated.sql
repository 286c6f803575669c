select format('role %I, through %I', login.rolname, r.rolname) as object,
  format('revoke %I from %s', r.rolname, m.member::regrole) as remedy
from login, pg_auth_members m
join become b on b.oid = m.member
join pg_roles r on r.oid = m.roleid
where r.rolsuper or r.rolbypassrls or r.rolreplication or r.rolcreaterole
  or r.rolname in (
    'pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
