select format('server %I: USAGE to %s', s.srvname, g.name) as object,
  format('revoke usage on foreign server %I from %s', s.srvname, g.name) as remedy
from pg_foreign_server s cross join lateral aclexplode(s.srvacl) a join grantee g on g.oid = a.grantee
where a.grantee <> s.srvowner
union all
select format('foreign data wrapper %I: USAGE to %s', w.fdwname, g.name),
  format('revoke usage on foreign data wrapper %I from %s', w.fdwname, g.name)
from pg_foreign_data_wrapper w cross join lateral aclexplode(w.fdwacl) a join grantee g on g.oid = a.grantee
where a.grantee <> w.fdwowner
union all
select format('user mapping for %s on server %I', g.name, m.srvname), format('drop user mapping for %s server %I', g.name, m.srvname)
from pg_user_mappings m join grantee g on g.oid = m.umuser
