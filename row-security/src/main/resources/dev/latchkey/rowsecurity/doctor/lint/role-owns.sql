select format('%s %s', o.type, o.identity) as object,
  format('reassign owned by %I to <the role that runs migrations>', login.rolname) as remedy
from login
join pg_shdepend s on s.refclassid = 'pg_authid'::regclass and s.refobjid = login.oid and s.deptype = 'o'
cross join lateral pg_identify_object(s.classid, s.objid, s.objsubid) o
where s.dbid in (0, (select oid from pg_database where datname = current_database()))
