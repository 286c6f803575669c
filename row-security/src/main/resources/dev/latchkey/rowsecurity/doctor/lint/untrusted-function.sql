-- In C, internal and untrusted languages. Those of extensions are the business of another lint.
select format('function %s in %s', p.oid::regprocedure, l.lanname) as object,
  format('revoke execute on routine %s from %s', p.oid::regprocedure, c.grantee) as remedy
from callable c
join pg_proc p on p.oid = c.oid
join pg_language l on l.oid = p.prolang and not l.lanpltrusted and l.lanname <> 'sql'
where p.prokind in ('f', 'p') and not exists (
  select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
union all
select format('function %s in %s, by trigger %I on %s', p.oid::regprocedure, l.lanname, t.name, t.relation),
  format('drop trigger %I on %s', t.name, t.relation)
from trigger t
join pg_proc p on p.oid = t.function
join pg_language l on l.oid = p.prolang and not l.lanpltrusted
-- Postgres' own, such as tsvector_update_trigger, see no more than the row.
where p.oid >= 16384 and not exists (
  select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
